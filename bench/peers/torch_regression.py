"""Writes test/golden/vectors/torch-regression.json: PyTorch's mse_loss and huber_loss of numbers, with mixed targets too.

Run from the repository's root: python3 bench/peers/torch_regression.py
"""

import json

import torch
from torch.nn.functional import huber_loss, mse_loss

torch.manual_seed(12)
torch.set_default_dtype(torch.float64)
BATCH = 9
forecast = torch.randn(BATCH, 1).requires_grad_()
# Fat tails, so that some residuals lie beyond Huber's delta, and one lies on it.
target = 1.5 * torch.randn(BATCH, 1) ** 3
target[4] = forecast.detach()[4] + 1
partners = torch.tensor([3, 0, 2, 7, 6, 1, 5, 4, 8])
LOSSES = {"mse": mse_loss, "huber": lambda found, wanted: huber_loss(found, wanted, delta=1.0)}

cases = []
for loss, function in LOSSES.items():
    for mix in (None, 0.3):
        wanted = target if mix is None else mix * target + (1 - mix) * target[partners]
        value = function(forecast, wanted)
        (gradient,) = torch.autograd.grad(value, forecast)
        cases.append({"kind": loss, "mix": mix, "loss": value.item(), "gradient": gradient.reshape(-1).tolist()})

vector = {"made": f"bench/peers/torch_regression.py, PyTorch {torch.__version__}"}
vector |= {"forecast": forecast.detach().reshape(-1).tolist(), "target": target.reshape(-1).tolist()}
vector |= {"partners": partners.tolist(), "cases": cases}
with open("test/golden/vectors/torch-regression.json", "w") as file:
    json.dump(vector, file)
    file.write("\n")
