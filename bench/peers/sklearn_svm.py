"""Writes src/baselines/vectors/svm.json: decision values of scikit-learn's SVC and LinearSVC on standardised columns.

Run from the repository's root: python3 bench/peers/sklearn_svm.py
"""

import json

import numpy as np
import sklearn
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, LinearSVC

WIDTH, TRAIN, TEST, C, GAMMA = 4, 160, 60, 1.5, 0.3
rng = np.random.default_rng(5)
x = np.round(rng.normal(size=(TRAIN + TEST, WIDTH)) * [1, 4, 0.2, 1] + [0, 7, 0, 1], 2).astype(np.float32)
score = x[:, 0] * (x[:, 1] - 7) / 4 + np.sin(2 * x[:, 3]) + 0.4 * rng.normal(size=TRAIN + TEST)
y = np.where(score > 0.5, 0, np.where(score < -0.5, 2, 1))
scaler = StandardScaler().fit(x[:TRAIN].astype(np.float64))
z, z_test, y_train = scaler.transform(x[:TRAIN]), scaler.transform(x[TRAIN:]), y[:TRAIN]


def decisions(make):
    """One class against the others, [samples x classes]."""
    return np.stack([make().fit(z, np.where(y_train == k, 1, -1)).decision_function(z_test) for k in range(3)], axis=1)


exact = decisions(lambda: SVC(C=C, kernel="rbf", gamma=GAMMA, tol=1e-8))
linear = decisions(lambda: LinearSVC(C=C, dual=True, tol=1e-10, max_iter=1_000_000))
vector = {
    "made": f"bench/peers/sklearn_svm.py, scikit-learn {sklearn.__version__}",
    "width": WIDTH,
    "train": TRAIN,
    "c": C,
    "gamma": GAMMA,
    "x": [float(f"{v:.2f}") for v in x.ravel()],
    "y": y.tolist(),
    "exact": np.round(exact, 7).ravel().tolist(),
    "linear": np.round(linear, 7).ravel().tolist(),
}
with open("src/baselines/vectors/svm.json", "w") as file:
    json.dump(vector, file)
    file.write("\n")
