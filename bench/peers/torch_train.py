"""Training and prediction speed of one of candlenet's networks in PyTorch, all threads, fused Adam.

torch_train.py MODEL WINDOW FEATURES BATCH, then commands on standard input, one a line, each answered by one line of JSON:
  train SECONDS      {"samplesPerSecond": …, "peakMemoryBytes": …}
  predict SECONDS    {"samplesPerSecond": …, "peakMemoryBytes": …}, in evaluation mode without gradients
Begins by printing {"name": …}; fails where PyTorch is not installed.
"""

import json
import resource
import sys
import time

import torch
from torch import nn
from torch_models import MODELS

name, window, features, batch = sys.argv[1], *(int(a) for a in sys.argv[2:5])
torch.manual_seed(1)
model = MODELS[name](features, 3).train()
adam = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], lr=1e-3, fused=True)
# Labels drawn at random: what can be learnt by heart makes gradients denormal, and slow.
x, y = torch.randn(20_000, window, features), torch.randint(0, 3, (20_000,))


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
