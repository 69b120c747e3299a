"""Writes src/runtime/vectors/optimisers.json: forty steps of PyTorch's optimisers with clipping by norm, float32.

Run from the repository's root: python3 bench/peers/torch_optimisers.py
"""

import json

import torch

torch.manual_seed(3)
STEPS, CLIP, RATE = 40, 2.0, 0.01
SHAPES = {"kernel": [5, 4], "bias": [3], "out": [3, 2]}
ADAM = {"betas": (0.9, 0.999), "eps": 1e-8}
SGD = {"momentum": 0.9, "nesterov": False, "weight_decay": 0.0}
CASES = {
    "adam": (torch.optim.Adam, ADAM, "all"),
    "adamw": (torch.optim.AdamW, ADAM | {"weight_decay": 0.1}, "all"),
    "adamw, kernels only": (torch.optim.AdamW, ADAM | {"weight_decay": 0.1}, "kernels"),
    "sgd": (torch.optim.SGD, SGD | {"momentum": 0.0}, "all"),
    "sgd with momentum": (torch.optim.SGD, SGD, "all"),
    "sgd with Nesterov's momentum and decay": (torch.optim.SGD, SGD | {"nesterov": True, "weight_decay": 0.05}, "all"),
    "sgd with decay, kernels only": (torch.optim.SGD, SGD | {"weight_decay": 0.05}, "kernels"),
}


def flat(tensors):
    return torch.cat([t.reshape(-1) for t in tensors])


start = [torch.randn(shape) for shape in SHAPES.values()]
scales = torch.logspace(-3, 1, flat(start).numel())
gradients = torch.randn(STEPS, len(scales)) * scales
rates = RATE * torch.linspace(1, 0.2, STEPS, dtype=torch.float64)

cases = []
for name, (kind, options, decayed) in CASES.items():
    params = [torch.nn.Parameter(p.clone()) for p in start]
    groups = [{"params": [p], "weight_decay": options.get("weight_decay", 0.0)} for p in params]
    if decayed == "kernels":
        for group in groups:
            group["weight_decay"] *= group["params"][0].dim() >= 2
    optimiser = kind(groups, lr=RATE, **options)
    after = []
    for step in range(STEPS):
        for group in optimiser.param_groups:
            group["lr"] = rates[step].item()
        parts = gradients[step].split([p.numel() for p in params])
        for p, g in zip(params, parts):
            p.grad = g.reshape(p.shape).clone()
        torch.nn.utils.clip_grad_norm_(params, CLIP)
        optimiser.step()
        if step in (0, 1, 9, STEPS - 1):
            after.append({"step": step + 1, "params": flat(p.detach() for p in params).tolist()})
    settings = {key: value for key, value in options.items()}
    cases.append({"name": name, "torch": kind.__name__, "options": settings, "decayed": decayed, "after": after})

vector = {
    "made": f"bench/peers/torch_optimisers.py, PyTorch {torch.__version__}",
    "clipNorm": CLIP,
    "learningRates": rates.tolist(),
    "shapes": SHAPES,
    "start": flat(start).tolist(),
    "gradients": gradients.tolist(),
    "cases": cases,
}
with open("src/runtime/vectors/optimisers.json", "w") as file:
    json.dump(vector, file)
    file.write("\n")
