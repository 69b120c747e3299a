"""Writes test/golden/vectors/torch-objective.json: PyTorch's cross-entropy with label smoothing, class weights and mixup.

Run from the repository's root: python3 bench/peers/torch_objective.py
"""

import json

import torch
from torch.nn.functional import cross_entropy, one_hot

torch.manual_seed(11)
torch.set_default_dtype(torch.float64)
BATCH, CLASSES = 8, 3
logits = (2 * torch.randn(BATCH, CLASSES)).requires_grad_()
classes = torch.tensor([0, 2, 1, 1, 0, 1, 2, 1])
partners = torch.tensor([3, 0, 2, 7, 6, 1, 5, 4])
weights = torch.tensor([1.5, 0.7, 1.2])
CASES = [
    {"labelSmoothing": 0.0, "weighted": False, "mix": None},
    {"labelSmoothing": 0.1, "weighted": False, "mix": None},
    {"labelSmoothing": 0.0, "weighted": True, "mix": None},
    {"labelSmoothing": 0.1, "weighted": True, "mix": None},
    {"labelSmoothing": 0.1, "weighted": True, "mix": 0.3},
]

cases = []
for case in CASES:
    hard = one_hot(classes, CLASSES).to(logits.dtype)
    target = hard if case["mix"] is None else case["mix"] * hard + (1 - case["mix"]) * hard[partners]
    weight = weights if case["weighted"] else None
    loss = cross_entropy(logits, target, weight=weight, label_smoothing=case["labelSmoothing"])
    (gradient,) = torch.autograd.grad(loss, logits)
    cases.append(case | {"loss": loss.item(), "gradient": gradient.reshape(-1).tolist()})

# For classes, not probabilities, PyTorch divides by the weights of the batch; without weights the two are the same.
indexed = cross_entropy(logits, classes, label_smoothing=0.1).item()
assert abs(indexed - cases[1]["loss"]) < 1e-14

vector = {"made": f"bench/peers/torch_objective.py, PyTorch {torch.__version__}"}
vector |= {"logits": logits.detach().reshape(-1).tolist(), "classes": classes.tolist()}
vector |= {"partners": partners.tolist(), "weights": weights.tolist(), "cases": cases}
with open("test/golden/vectors/torch-objective.json", "w") as file:
    json.dump(vector, file)
    file.write("\n")
