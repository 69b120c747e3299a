"""Writes src/training/vectors/schedules.json: learning rates of PyTorch's schedulers, step by step over all epochs.

The schedule is stepped once an epoch and the warm-up once a step, on one optimiser: both are of the kind that multiplies
the rate it finds. Run from the repository's root: python3 bench/peers/torch_schedules.py
"""

import json

import torch
from torch.optim import lr_scheduler as s

RATE, EPOCHS, STEPS = 0.1, 6, 5
CASES = {
    "constant": (None, None),
    "step": (lambda o: s.StepLR(o, 2, 0.3), None),
    "cosine": (lambda o: s.CosineAnnealingLR(o, EPOCHS, 0.0), None),
    "cosine to a floor": (lambda o: s.CosineAnnealingLR(o, EPOCHS, 0.02), None),
    "warm-up, constant": (None, (0.01, 7)),
    "warm-up, step": (lambda o: s.StepLR(o, 2, 0.3), (0.25, 12)),
    "warm-up, cosine": (lambda o: s.CosineAnnealingLR(o, EPOCHS, 0.0), (0.1, 2 * STEPS)),
}


def rates_of(schedule, warm_up):
    optimiser = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=RATE)
    epochs = schedule(optimiser) if schedule else None
    steps = s.LinearLR(optimiser, start_factor=warm_up[0], total_iters=warm_up[1]) if warm_up else None
    rates = []
    for _ in range(EPOCHS):
        for _ in range(STEPS):
            rates.append(optimiser.param_groups[0]["lr"])
            optimiser.step()
            if steps:
                steps.step()
        if epochs:
            epochs.step()
    return rates


def sequential():
    """Warm-up, then constant, as SequentialLR joins them."""
    optimiser = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=RATE)
    parts = [s.LinearLR(optimiser, start_factor=0.01, total_iters=7), s.ConstantLR(optimiser, factor=1.0)]
    joined = s.SequentialLR(optimiser, parts, milestones=[7])
    rates = []
    for _ in range(EPOCHS * STEPS):
        rates.append(optimiser.param_groups[0]["lr"])
        optimiser.step()
        joined.step()
    return rates


cases = {name: rates_of(*case) for name, case in CASES.items()} | {"warm-up, constant, in sequence": sequential()}
vector = {"made": f"bench/peers/torch_schedules.py, PyTorch {torch.__version__}"}
vector |= {"learningRate": RATE, "epochs": EPOCHS, "stepsPerEpoch": STEPS, "rates": cases}
with open("src/training/vectors/schedules.json", "w") as file:
    json.dump(vector, file)
    file.write("\n")
