"""Logits, loss, gradients and batch statistics of each network from PyTorch, in float64 on float32 weights.

Writes test/golden/vectors/torch-<model>.json. Run from the repository's root: python3 bench/peers/torch_parity.py
"""

import json

import torch
from torch import nn
from torch_models import MODELS, batch_norms, layout, numbers, running

BATCH, WINDOW, FEATURES, CLASSES = 6, 13, 5, 3
SIZES = {"dropout": 0.3, "dense": 7}
FILTERS = {"filters1": 4, "filters2": 6}
OPTIONS = {
    "cnn": FILTERS | SIZES,
    "lstm": {"hidden": 5} | SIZES,
    "cnn-lstm": FILTERS | {"hidden": 5} | SIZES,
    "cnn-lstm-optimised": {"filters1": 4, "filters2": 8, "heads": 2, "channelReduction": 3, "stochasticDepth": 0.4}
    | {"hidden": 5}
    | SIZES,
}

torch.set_default_dtype(torch.float64)


def single(tensor):
    return tensor.float().double()


def masks_of(name, options):
    keep = 1 - options["dropout"]
    seen = options["filters2"] if name == "cnn" else options["hidden"]
    masks = {"dropout.mask": (torch.rand(BATCH, seen) < keep) / keep}
    if name == "cnn-lstm-optimised":
        keep = 1 - options["stochasticDepth"]
        for branch, dropped in (("residual", 1), ("attention", 2)):
            # Some samples keep the branch and some skip it.
            kept = torch.arange(BATCH) % 3 != dropped
            masks[f"{branch}.depth.mask"] = kept[:, None] / keep
    return {mask: single(value) for mask, value in masks.items()}


for seed, (name, options) in enumerate(OPTIONS.items()):
    torch.manual_seed(20260101 + seed)
    model = MODELS[name](FEATURES, CLASSES, **options)
    with torch.no_grad():
        for parameter, p in model.named_parameters():
            if p.requires_grad and ("norm" in parameter or "in_proj_bias" in parameter or "out_proj.bias" in parameter):
                p += 0.3 * torch.randn_like(p)
            if p.dim() > 1:
                p *= 1.6  # so that every sample gets logits of its own
            p.copy_(single(p))
        for norm in batch_norms(model).values():
            norm.running_mean.copy_(single(0.2 * torch.randn(norm.num_features)))
            norm.running_var.copy_(single(0.5 + torch.rand(norm.num_features)))
    x = single(torch.randn(BATCH, WINDOW, FEATURES))
    target = single(torch.softmax(2 * torch.randn(BATCH, CLASSES), 1))
    masks = masks_of(name, options)
    before = {slot: numbers(value) for slot, value in running(model).items()}

    evaluation_logits = model.eval()(x)
    model.train()
    for norm in batch_norms(model).values():
        norm.momentum = 1.0  # leaves the statistics of the batch in the running buffers
    logits = model(x, masks)
    loss = nn.functional.cross_entropy(logits, target)
    loss.backward()

    vectors = {
        "source": f"PyTorch {torch.__version__}, bench/peers/torch_parity.py",
        "shape": {"batch": BATCH, "window": WINDOW, "features": FEATURES, "classes": CLASSES},
        "options": options,
        "x": numbers(x),
        "target": numbers(target),
        "masks": {mask: numbers(value) for mask, value in masks.items()},
        "params": {slot: numbers(value) for slot, value in layout(model, lambda p: p).items()},
        "running": before,
        "loss": loss.item(),
        "logits": numbers(logits),
        "evaluationLogits": numbers(evaluation_logits),
        "gradients": {slot: numbers(value) for slot, value in layout(model, lambda p: p.grad).items()},
        "statistics": {slot: numbers(value) for slot, value in running(model).items()},
    }
    with open(f"test/golden/vectors/torch-{name}.json", "w") as file:
        json.dump(vectors, file)
        file.write("\n")
