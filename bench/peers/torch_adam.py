"""Writes src/runtime/vectors/adam.json: six steps of torch.optim.Adam with gradient clipping by norm, float32.

Run from the repository's root: python3 bench/peers/torch_adam.py
"""

import json

import torch

torch.manual_seed(3)
SIZE, STEPS, CLIP = 16, 6, 2.0
options = {"lr": 0.01, "betas": (0.9, 0.999), "eps": 1e-8}
start = torch.randn(SIZE)
gradients = torch.randn(STEPS, SIZE) * torch.logspace(-3, 1, SIZE)
param = torch.nn.Parameter(start.clone())
adam = torch.optim.Adam([param], **options)
after = []
for gradient in gradients:
    param.grad = gradient.clone()
    torch.nn.utils.clip_grad_norm_([param], CLIP)
    adam.step()
    after.append(param.detach().clone())

vector = {
    "made": f"bench/peers/torch_adam.py, PyTorch {torch.__version__}",
    "learningRate": options["lr"],
    "clipNorm": CLIP,
    "start": start.tolist(),
    "gradients": gradients.tolist(),
    "after": torch.stack(after).tolist(),
}
with open("src/runtime/vectors/adam.json", "w") as file:
    json.dump(vector, file)
    file.write("\n")
