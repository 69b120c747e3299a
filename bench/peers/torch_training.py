"""Writes src/training/vectors/training.json: a small CNN-LSTM trained for six steps by PyTorch, in candlenet's layout.

Run from the repository's root: python3 bench/peers/torch_training.py
"""

import json

import torch
from torch import nn

torch.manual_seed(5)
torch.set_num_threads(1)
WINDOW, FEATURES, CLASSES, BATCH, STEPS, ROWS = 8, 3, 3, 8, 6, 60
FILTERS, HIDDEN, DENSE, RATE, CLIP = 4, 5, 4, 0.01, 0.5


class CnnLstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.norm1 = nn.Conv1d(FEATURES, FILTERS, 3, padding=1), nn.BatchNorm1d(FILTERS)
        self.conv2, self.norm2 = nn.Conv1d(FILTERS, FILTERS, 3, padding=1), nn.BatchNorm1d(FILTERS)
        self.pool, self.lstm = nn.MaxPool1d(2), nn.LSTM(FILTERS, HIDDEN, batch_first=True)
        self.dense, self.logits = nn.Linear(HIDDEN, DENSE), nn.Linear(DENSE, CLASSES)
        # One bias for the LSTM, as in candlenet: PyTorch's second one stays zero.
        nn.init.zeros_(self.lstm.bias_hh_l0).requires_grad_(False)

    def forward(self, x):
        x = self.pool(self.norm1(torch.relu(self.conv1(x.transpose(1, 2)))))
        x = self.pool(self.norm2(torch.relu(self.conv2(x))))
        x = self.lstm(x.transpose(1, 2))[0][:, -1]
        return self.logits(torch.relu(self.dense(x)))


def gates(weight):
    """PyTorch's rows i, f, g, o as candlenet's columns i, o, f, g."""
    i, f, g, o = weight.chunk(4)
    return torch.cat([i, o, f, g]).T


def conv(weight):
    """[filters, channels, width] as [width · channels, filters]."""
    return weight.permute(2, 1, 0)


def flat_params(m):
    parts = []
    for layer, norm in ((m.conv1, m.norm1), (m.conv2, m.norm2)):
        parts += [conv(layer.weight), layer.bias, norm.weight, norm.bias]
    parts += [gates(m.lstm.weight_ih_l0), gates(m.lstm.weight_hh_l0), gates(m.lstm.bias_ih_l0[:, None])]
    for layer in (m.dense, m.logits):
        parts += [layer.weight.T, layer.bias]
    return torch.cat([p.detach().reshape(-1) for p in parts])


def flat_state(m):
    return torch.cat([t for n in (m.norm1, m.norm2) for t in (n.running_mean, n.running_var)])


model = CnnLstm().train()
adam = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], lr=RATE)
panel = torch.randn(ROWS, FEATURES)
rows = WINDOW - 1 + torch.randperm(ROWS - WINDOW + 1)[: BATCH * STEPS]
classes = torch.randint(0, CLASSES, (BATCH * STEPS,))
vector = {"made": f"bench/peers/torch_training.py, PyTorch {torch.__version__}"}
vector |= {"learningRate": RATE, "clipNorm": CLIP, "steps": STEPS, "start": flat_params(model).tolist()}
losses, norms = [], []
for step in range(STEPS):
    here = slice(step * BATCH, (step + 1) * BATCH)
    x = torch.stack([panel[r - WINDOW + 1 : r + 1] for r in rows[here]])
    adam.zero_grad()
    loss = nn.functional.cross_entropy(model(x), classes[here])
    loss.backward()
    norms.append(nn.utils.clip_grad_norm_(model.parameters(), CLIP).item())
    adam.step()
    losses.append(loss.item())
vector |= {"losses": losses, "norms": norms, "params": flat_params(model).tolist(), "state": flat_state(model).tolist()}
vector |= {"panel": panel.reshape(-1).tolist(), "rows": rows.tolist(), "classes": classes.tolist()}
with open("src/training/vectors/training.json", "w") as file:
    json.dump(vector, file)
    file.write("\n")
