"""Writes test/golden/vectors/training-options.json: loss curves of the CNN-LSTM under PyTorch with training options on.

The data and the first weights are those of torch_training.py, which must have been run; float32, one thread. Run from the
repository's root: python3 bench/peers/torch_options.py
"""

import json

import torch
from torch.nn.functional import cross_entropy, one_hot
from torch_models import MODELS

torch.set_num_threads(1)
with open("test/golden/vectors/training.json") as file:
    data = json.load(file)
with open("test/golden/vectors/training-cnn-lstm.json") as file:
    options = json.load(file)["options"]
WINDOW, FEATURES, CLASSES, BATCH = (data["shape"][key] for key in ("window", "features", "classes", "batch"))
WEIGHTS = torch.tensor([2.0, 1.0, 0.5])
CASES = {
    "adamw": {"labelSmoothing": 0.1, "weighted": True, "adversarial": {"epsilon": 0.05, "weight": 0.4}, "warmUp": 40},
    "sgd": {"labelSmoothing": 0.2, "weighted": True, "adversarial": None, "warmUp": 15},
    "plain sgd": {"labelSmoothing": 0.0, "weighted": False, "adversarial": {"epsilon": 0.02, "weight": 1.0}, "warmUp": 1},
}
OPTIMISERS = {
    "adamw": lambda params: torch.optim.AdamW(params, lr=0.005, weight_decay=0.2),
    "sgd": lambda params: torch.optim.SGD(params, lr=0.03, momentum=0.9, nesterov=True, weight_decay=0.01),
    "plain sgd": lambda params: torch.optim.SGD(params, lr=0.1),
}

panel = torch.tensor(data["panel"]).reshape(-1, FEATURES)
windows = torch.stack([panel[r - WINDOW + 1 : r + 1] for r in data["rows"]])
labels = torch.tensor(data["labels"])
# With a mean of 1 over the samples.
weights = WEIGHTS / WEIGHTS[labels].mean()

cases = []
for name, case in CASES.items():
    torch.manual_seed(7)
    model = MODELS["cnn-lstm"](FEATURES, CLASSES, **options).train()
    trained = [p for p in model.parameters() if p.requires_grad]
    optimiser = OPTIMISERS[name](trained)
    warm_up = torch.optim.lr_scheduler.LinearLR(optimiser, start_factor=0.1, total_iters=case["warmUp"])

    def objective(x, y):
        target = one_hot(y, CLASSES).float()
        weight = weights if case["weighted"] else None
        return cross_entropy(model(x), target, weight=weight, label_smoothing=case["labelSmoothing"])

    losses = []
    for step in range(data["steps"]):
        here = slice(step * BATCH, (step + 1) * BATCH)
        x, y = windows[here].clone().requires_grad_(), labels[here]
        optimiser.zero_grad()
        loss = objective(x, y)
        if case["adversarial"]:
            epsilon, weight = case["adversarial"]["epsilon"], case["adversarial"]["weight"]
            (by_input,) = torch.autograd.grad(loss, x, retain_graph=True)
            loss = (1 - weight) * loss + weight * objective((x + epsilon * by_input.sign()).detach(), y)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, data["clipNorm"])
        optimiser.step()
        warm_up.step()
        losses.append(round(loss.item(), 7))
    defaults = {key: optimiser.defaults.get(key) for key in ("lr", "momentum", "nesterov", "weight_decay")}
    cases.append({"name": name} | case | {"optimiser": defaults, "losses": losses})
    print(name, sum(losses[:10]) / 10, sum(losses[-10:]) / 10)

vector = {"source": f"PyTorch {torch.__version__}, bench/peers/torch_options.py", "weights": WEIGHTS.tolist()}
with open("test/golden/vectors/training-options.json", "w") as file:
    json.dump(vector | {"startFactor": 0.1, "cases": cases}, file)
    file.write("\n")
