"""Writes src/baselines/vectors/ridge.json: scikit-learn's ridge regression on standardised columns.

Run from the repository's root: python3 bench/peers/sklearn_ridge.py
"""

import json

import numpy as np
import sklearn
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

ALPHA = 3.0
rng = np.random.default_rng(8)
x = np.round(rng.normal(size=(60, 5)) * [1, 10, 0.1, 3, 1] + [0, 50, 0, -2, 1], 3).astype(np.float32)
x[:, 4] = 1  # a constant column
y = np.round(x[:, 0] - 0.1 * x[:, 1] + rng.standard_t(3, size=60), 3).astype(np.float32)

model = make_pipeline(StandardScaler(), Ridge(alpha=ALPHA, solver="cholesky"))
model.fit(x.astype(np.float64), y.astype(np.float64))
scaler, ridge = model.steps[0][1], model.steps[1][1]
coefficients = ridge.coef_ / scaler.scale_
coefficients[scaler.var_ == 0] = 0

vector = {
    "made": f"bench/peers/sklearn_ridge.py, scikit-learn {sklearn.__version__}",
    "alpha": ALPHA,
    "width": x.shape[1],
    "x": [float(f"{v:.3f}") for v in x.ravel()],
    "y": [float(f"{v:.3f}") for v in y],
    "coefficients": coefficients.tolist(),
    "intercept": float(ridge.intercept_ - coefficients @ scaler.mean_),
}
with open("src/baselines/vectors/ridge.json", "w") as file:
    json.dump(vector, file)
    file.write("\n")
