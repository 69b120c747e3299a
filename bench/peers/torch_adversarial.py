"""Writes test/golden/vectors/torch-adversarial.json: loss and gradients of adversarial training by the fast gradient
sign method in PyTorch, in float64 on float32 weights, for two networks with dropout and stochastic depth.

Run from the repository's root: python3 bench/peers/torch_adversarial.py
"""

import json

import torch
from torch.nn.functional import cross_entropy
from torch_models import MODELS, batch_norms, layout, numbers, running

BATCH, WINDOW, FEATURES, CLASSES = 6, 9, 5, 3
EPSILON, WEIGHT, KEEP = 0.05, 0.4, 0.7
SIZES = {"filters1": 4, "filters2": 6, "hidden": 5, "dropout": 0.3, "dense": 7}
OPTIONS = {
    "cnn-lstm": SIZES,
    "cnn-lstm-optimised": SIZES | {"heads": 2, "channelReduction": 3, "stochasticDepth": 0.3},
}
torch.set_default_dtype(torch.float64)


def single(tensor):
    return tensor.float().double()


def mask(*shape):
    return single((torch.rand(*shape) < KEEP) / KEEP)


cases = []
for seed, (name, options) in enumerate(OPTIONS.items()):
    torch.manual_seed(20260201 + seed)
    model = MODELS[name](FEATURES, CLASSES, **options).train()
    with torch.no_grad():
        for p in model.parameters():
            if p.dim() > 1:
                p *= 1.6  # so that every sample gets logits of its own
            p.copy_(single(p))
    x = single(torch.randn(BATCH, WINDOW, FEATURES)).requires_grad_()
    target = single(torch.softmax(2 * torch.randn(BATCH, CLASSES), 1))
    masks = {"dropout.mask": mask(BATCH, options["hidden"])}
    if name == "cnn-lstm-optimised":
        masks |= {f"{branch}.depth.mask": mask(BATCH, 1) for branch in ("residual", "attention")}
    for norm in batch_norms(model).values():
        norm.momentum = 1.0  # leaves the statistics of the batch in the running buffers

    plain = cross_entropy(model(x, masks), target)
    (by_input,) = torch.autograd.grad(plain, x, retain_graph=True)
    # No sign may hang on the last digits of float32.
    assert by_input.abs().min() > 1e-5 * by_input.abs().max(), name
    statistics = {slot: numbers(value) for slot, value in running(model).items()}
    example = (x + EPSILON * by_input.sign()).detach()
    hard = cross_entropy(model(example, masks), target)
    loss = (1 - WEIGHT) * plain + WEIGHT * hard
    loss.backward()
    cases.append(
        {
            "model": name,
            "options": options,
            "x": numbers(x),
            "target": numbers(target),
            "masks": {slot: numbers(value) for slot, value in masks.items()},
            "params": {slot: numbers(value) for slot, value in layout(model, lambda p: p).items()},
            "plain": plain.item(),
            "loss": loss.item(),
            "gradients": {slot: numbers(value) for slot, value in layout(model, lambda p: p.grad).items()},
            "statistics": statistics,
        }
    )

vector = {"made": f"bench/peers/torch_adversarial.py, PyTorch {torch.__version__}", "epsilon": EPSILON, "weight": WEIGHT}
vector |= {"shape": {"batch": BATCH, "window": WINDOW, "features": FEATURES, "classes": CLASSES}, "cases": cases}
with open("test/golden/vectors/torch-adversarial.json", "w") as file:
    json.dump(vector, file)
    file.write("\n")
