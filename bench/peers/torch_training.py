"""A hundred steps of Adam on each network in PyTorch, float32, one thread: loss curve, gradient norms, weights.

Writes test/golden/vectors/training.json, the data, and training-<model>.json. Run from the repository's root:
python3 bench/peers/torch_training.py
"""

import json

import torch
from torch import nn
from torch_models import MODELS, layout, numbers, running

torch.manual_seed(5)
torch.set_num_threads(1)
WINDOW, FEATURES, CLASSES, BATCH, STEPS, ROWS = 13, 5, 3, 16, 100, 500
RATE, CLIP, EARLY = 0.003, 0.4, 6
SIZES = {"dropout": 0, "dense": 8}
OPTIONS = {
    "cnn": {"filters1": 4, "filters2": 6} | SIZES,
    "lstm": {"hidden": 6} | SIZES,
    "cnn-lstm": {"filters1": 4, "filters2": 6, "hidden": 6} | SIZES,
    "cnn-lstm-optimised": {"filters1": 6, "filters2": 8, "heads": 2, "channelReduction": 3, "stochasticDepth": 0}
    | {"hidden": 6}
    | SIZES,
}


def write(name, vectors):
    with open(f"test/golden/vectors/{name}.json", "w") as file:
        json.dump({"source": f"PyTorch {torch.__version__}, bench/peers/torch_training.py"} | vectors, file)
        file.write("\n")


panel = torch.tensor(numbers(torch.randn(ROWS, FEATURES), 3)).reshape(ROWS, FEATURES)
rows = WINDOW - 1 + torch.randint(0, ROWS - WINDOW + 1, (STEPS * BATCH,))
windows = torch.stack([panel[r - WINDOW + 1 : r + 1] for r in rows])
# A trend that can be learnt, under noise that cannot be learnt by heart: every draw of a window has its own.
scores = 3 * windows.mean(1) @ torch.randn(FEATURES, CLASSES) + 0.5 * torch.randn(len(rows), CLASSES)
classes = scores.argmax(1)
write(
    "training",
    {
        "shape": {"batch": BATCH, "window": WINDOW, "features": FEATURES, "classes": CLASSES},
        "learningRate": RATE,
        "clipNorm": CLIP,
        "steps": STEPS,
        "earlySteps": EARLY,
        "panel": numbers(panel, 3),
        "rows": rows.tolist(),
        "labels": classes.tolist(),
    },
)

for name, options in OPTIONS.items():
    torch.manual_seed(7)
    model = MODELS[name](FEATURES, CLASSES, **options).train()
    start = {slot: numbers(value) for slot, value in layout(model, lambda p: p).items()}
    trained = [p for p in model.parameters() if p.requires_grad]
    adam = torch.optim.Adam(trained, lr=RATE)
    losses, norms, early = [], [], {}
    for step in range(STEPS):
        here = slice(step * BATCH, (step + 1) * BATCH)
        adam.zero_grad()
        loss = nn.functional.cross_entropy(model(windows[here]), classes[here])
        loss.backward()
        norms.append(nn.utils.clip_grad_norm_(trained, CLIP).item())
        adam.step()
        losses.append(loss.item())
        if step + 1 == EARLY:
            early = {slot: numbers(value, 7) for slot, value in layout(model, lambda p: p).items()}
            early_state = {slot: numbers(value, 7) for slot, value in running(model).items()}
    write(
        f"training-{name}",
        {
            "options": options,
            "start": start,
            "losses": [round(value, 7) for value in losses],
            "norms": [round(value, 7) for value in norms],
            "earlyParams": early,
            "earlyState": early_state,
        },
    )
    print(name, sum(losses[:10]) / 10, sum(losses[-10:]) / 10, min(norms), max(norms))
