"""Training speed of the paper's CNN-LSTM in PyTorch, all threads, fused Adam: torch_train.py WINDOW FEATURES BATCH SECONDS

Prints {"name": …, "samplesPerSecond": …}; fails where PyTorch is not installed.
"""

import json
import sys
import time

import torch
from torch import nn

window, features, batch, seconds = (int(a) for a in sys.argv[1:5])
torch.manual_seed(1)


class CnnLstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.norm1 = nn.Conv1d(features, 64, 3, padding=1), nn.BatchNorm1d(64)
        self.conv2, self.norm2 = nn.Conv1d(64, 128, 3, padding=1), nn.BatchNorm1d(128)
        self.pool, self.lstm = nn.MaxPool1d(2), nn.LSTM(128, 256, batch_first=True)
        self.drop, self.dense, self.out = nn.Dropout(0.3), nn.Linear(256, 128), nn.Linear(128, 3)

    def forward(self, x):
        x = self.pool(self.norm1(torch.relu(self.conv1(x.transpose(1, 2)))))
        x = self.pool(self.norm2(torch.relu(self.conv2(x))))
        x = self.lstm(x.transpose(1, 2))[0][:, -1]
        return self.out(torch.relu(self.dense(self.drop(x))))


model = CnnLstm().train()
adam = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True)
x, y = torch.randn(20_000, window, features), torch.randint(0, 3, (20_000,))


def step():
    index = torch.randint(0, len(x), (batch,))
    adam.zero_grad(set_to_none=True)
    nn.functional.cross_entropy(model(x[index]), y[index]).backward()
    nn.utils.clip_grad_norm_(model.parameters(), 5)
    adam.step()


for _ in range(20):
    step()
started, steps = time.perf_counter(), 0
while time.perf_counter() - started < seconds:
    step()
    steps += 1
speed = steps * batch / (time.perf_counter() - started)
print(json.dumps({"name": f"PyTorch {torch.__version__}, fused Adam", "samplesPerSecond": round(speed)}))
