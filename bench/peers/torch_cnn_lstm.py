"""Logits, loss, gradients and batch statistics of the CNN-LSTM from PyTorch 2.13, in float64 on float32 weights.

Usage: python3 bench/peers/torch_cnn_lstm.py > test/golden/vectors/torch-cnn-lstm.json

Weights are written in candlenet's layout: convolution kernels [width*channels, filters], dense kernels [inputs, units],
LSTM gates in the order i, o, f, candidate (PyTorch: i, f, candidate, o), one LSTM bias (PyTorch: the sum of two).
"""

import json

import torch
from torch import nn

BATCH, WINDOW, FEATURES, CLASSES = 6, 9, 5, 3
FILTERS1, FILTERS2, HIDDEN, DENSE, DROPOUT = 4, 6, 5, 7, 0.3

torch.manual_seed(20260101)
torch.set_default_dtype(torch.float64)
GATES = [0, 3, 1, 2]


class CnnLstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv1d(FEATURES, FILTERS1, 3, padding="same")
        self.norm1 = nn.BatchNorm1d(FILTERS1)
        self.conv2 = nn.Conv1d(FILTERS1, FILTERS2, 3, padding="same")
        self.norm2 = nn.BatchNorm1d(FILTERS2)
        self.lstm = nn.LSTM(FILTERS2, HIDDEN, batch_first=True)
        self.dense = nn.Linear(HIDDEN, DENSE)
        self.logits = nn.Linear(DENSE, CLASSES)

    def forward(self, x, mask):
        y = x.transpose(1, 2)
        y = torch.max_pool1d(self.norm1(torch.relu(self.conv1(y))), 2)
        y = torch.max_pool1d(self.norm2(torch.relu(self.conv2(y))), 2)
        _, (h, _) = self.lstm(y.transpose(1, 2))
        return self.logits(torch.relu(self.dense(h[0] * mask)))


def reorder(w):
    return w.reshape(4, HIDDEN, -1)[GATES].reshape(w.shape)


def layout(model, of):
    """Every parameter (or its gradient) by candlenet's name, as a flat list."""
    conv = lambda w: w.permute(2, 1, 0).reshape(-1, w.shape[0])
    tensors = {}
    for i in (1, 2):
        tensors[f"conv{i}.kernel"] = conv(of(getattr(model, f"conv{i}").weight))
        tensors[f"conv{i}.bias"] = of(getattr(model, f"conv{i}").bias)
        tensors[f"norm{i}.scale"] = of(getattr(model, f"norm{i}").weight)
        tensors[f"norm{i}.shift"] = of(getattr(model, f"norm{i}").bias)
    tensors["lstm.kernel"] = reorder(of(model.lstm.weight_ih_l0)).T
    tensors["lstm.recurrent"] = reorder(of(model.lstm.weight_hh_l0)).T
    tensors["lstm.bias"] = reorder(of(model.lstm.bias_ih_l0))
    for name in ("dense", "logits"):
        tensors[f"{name}.kernel"] = of(getattr(model, name).weight).T
        tensors[f"{name}.bias"] = of(getattr(model, name).bias)
    return {name: numbers(tensor) for name, tensor in tensors.items()}


def numbers(tensor):
    return [float(f"{value:.10g}") for value in tensor.detach().reshape(-1).tolist()]


model = CnnLstm()
with torch.no_grad():
    for name, p in model.named_parameters():
        if name.startswith("norm"):
            p += 0.3 * torch.randn_like(p)
        p.copy_(p.float().double())
    model.lstm.bias_hh_l0.zero_()
    for norm in (model.norm1, model.norm2):
        norm.running_mean.copy_((0.2 * torch.randn(norm.num_features)).float().double())
        norm.running_var.copy_((0.5 + torch.rand(norm.num_features)).float().double())

x = torch.randn(BATCH, WINDOW, FEATURES).float().double()
target = torch.softmax(2 * torch.randn(BATCH, CLASSES), 1).float().double()
mask = ((torch.rand(BATCH, HIDDEN) >= DROPOUT) / (1 - DROPOUT)).float().double()
running = {
    f"norm{i}.{name}": numbers(getattr(getattr(model, f"norm{i}"), attribute))
    for i in (1, 2)
    for name, attribute in (("mean", "running_mean"), ("variance", "running_var"))
}

model.eval()
evaluation_logits = model(x, torch.ones_like(mask))

model.train()
for norm in (model.norm1, model.norm2):
    norm.momentum = 1.0  # leaves the statistics of the batch in the running buffers
logits = model(x, mask)
loss = nn.functional.cross_entropy(logits, target)
loss.backward()

print(
    json.dumps(
        {
            "source": f"PyTorch {torch.__version__}, bench/peers/torch_cnn_lstm.py",
            "shape": {"batch": BATCH, "window": WINDOW, "features": FEATURES, "classes": CLASSES},
            "options": {
                "filters1": FILTERS1,
                "filters2": FILTERS2,
                "hidden": HIDDEN,
                "dense": DENSE,
                "dropout": DROPOUT,
            },
            "x": numbers(x),
            "target": numbers(target),
            "mask": numbers(mask),
            "params": layout(model, lambda p: p),
            "running": running,
            "loss": float(loss),
            "logits": numbers(logits),
            "evaluationLogits": numbers(evaluation_logits),
            "gradients": layout(model, lambda p: p.grad),
            "statistics": {
                f"norm{i}.{name}": numbers(getattr(getattr(model, f"norm{i}"), attribute))
                for i in (1, 2)
                for name, attribute in (("mean", "running_mean"), ("variance", "running_var"))
            },
        }
    )
)
