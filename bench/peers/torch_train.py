"""Training and prediction speed of one of candlenet's networks in PyTorch, all threads, fused Adam.

torch_train.py DATA MODEL WINDOW FEATURES BATCH, where DATA is the file that bench/train.mjs writes, then commands on standard input, one a line, each answered by one line of JSON:
  train SECONDS      {"samplesPerSecond": …, "peakMemoryBytes": …}
  predict SECONDS    {"samplesPerSecond": …, "peakMemoryBytes": …}, in evaluation mode without gradients
Begins by printing {"name": …}; fails where PyTorch is not installed.
"""

import json
import resource
import sys
import time

import numpy as np
import torch
from torch import nn
from torch_models import MODELS

SAMPLES = 20_000
data, name = sys.argv[1:3]
window, features, batch = (int(a) for a in sys.argv[3:6])
torch.manual_seed(1)
model = MODELS[name](features, 3).train()
adam = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], lr=1e-3, fused=True)
y = torch.from_numpy(np.fromfile(data, dtype=np.uint8, count=SAMPLES)).long()
panel = torch.from_numpy(np.fromfile(data, dtype=np.float32, offset=SAMPLES)).reshape(-1, features)
x = panel.unfold(0, window, 1).transpose(1, 2)[:SAMPLES].contiguous()


def drawn():
    return torch.randint(0, len(x), (batch,))


def train_step():
    index = drawn()
    adam.zero_grad(set_to_none=True)
    nn.functional.cross_entropy(model(x[index]), y[index]).backward()
    nn.utils.clip_grad_norm_(model.parameters(), 5)
    adam.step()


def predict_step():
    with torch.inference_mode():
        model(x[drawn()]).softmax(1)


def answer(**fields):
    print(json.dumps(fields), flush=True)


answer(name=f"PyTorch {torch.__version__}, fused Adam, {torch.get_num_threads()} threads")
for line in sys.stdin:
    command, seconds = line.split()
    model.train(command == "train")
    step = train_step if command == "train" else predict_step
    for _ in range(10):
        step()
    started, steps = time.perf_counter(), 0
    while time.perf_counter() - started < float(seconds):
        step()
        steps += 1
    speed = steps * batch / (time.perf_counter() - started)
    # Kilobytes on Linux, bytes on macOS.
    unit = 1 if sys.platform == "darwin" else 1024
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    answer(samplesPerSecond=round(speed), peakMemoryBytes=memory)
