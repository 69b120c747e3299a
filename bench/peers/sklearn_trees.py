"""Writes src/baselines/vectors/trees.json: scikit-learn's decision tree, random forest and boosting on small data.

Run from the repository's root: python3 bench/peers/sklearn_trees.py
"""

import json

import numpy as np
import sklearn
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.metrics import log_loss
from sklearn.tree import DecisionTreeClassifier

WIDTH, TRAIN, TEST = 6, 400, 400
rng = np.random.default_rng(11)
# Two decimals: fewer values than bins, so that bins lose nothing.
x = np.round(np.clip(rng.normal(size=(TRAIN + TEST, WIDTH)), -1.2, 1.2), 2).astype(np.float32)
score = x[:, 0] * x[:, 1] * 2 + np.sin(3 * x[:, 2]) + 0.5 * x[:, 3] + 0.5 * rng.normal(size=TRAIN + TEST)
y = np.where(score > 0.5, 0, np.where(score < -0.5, 2, 1))
train, test = slice(0, TRAIN), slice(TRAIN, None)

tree = DecisionTreeClassifier(random_state=0, max_depth=5, min_samples_leaf=7).fit(x[train], y[train])
forests = [
    RandomForestClassifier(n_estimators=100, random_state=seed).fit(x[train], y[train]).predict_proba(x[test])
    for seed in range(10)
]
boosting = HistGradientBoostingClassifier(
    max_iter=40, early_stopping=False, min_samples_leaf=20, max_bins=255, learning_rate=0.1
).fit(x[train], y[train])
shares = boosting.predict_proba(x[test])
# Two classes and leaves of a single sample: nothing is left to how LightGBM and scikit-learn differ.
binary = HistGradientBoostingClassifier(max_iter=20, early_stopping=False, min_samples_leaf=1, max_leaf_nodes=15)
binary.fit(x[train], y[train] == 2)


def summary(probabilities):
    accuracy = float((probabilities.argmax(axis=1) == y[test]).mean())
    return {"accuracy": accuracy, "logLoss": round(float(log_loss(y[test], np.clip(probabilities, 1e-15, 1))), 6)}


vector = {
    "made": f"bench/peers/sklearn_trees.py, scikit-learn {sklearn.__version__}",
    "width": WIDTH,
    "train": TRAIN,
    "x": [float(f"{v:.2f}") for v in x.ravel()],
    "y": y.tolist(),
    # Class shares of each training sample's leaf; depth 5, at least 7 samples a leaf, no bootstrap.
    "tree": np.round(tree.predict_proba(x[train]), 6).ravel().tolist(),
    "forests": [summary(p) for p in forests],
    "boosting": summary(shares),
    # Share of class 2 against the rest on the training samples, as others may lie on a cut, midway between two of those,
    # where single and double precision part; 20 iterations of 15 leaves, at least 1 sample each.
    "binaryBoosting": np.round(binary.predict_proba(x[train])[:, 1], 7).tolist(),
}
with open("src/baselines/vectors/trees.json", "w") as file:
    json.dump(vector, file)
    file.write("\n")
