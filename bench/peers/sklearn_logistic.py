"""Writes src/baselines/vectors/logistic.json: scikit-learn's multinomial logistic regression on standardised columns.

Run from the repository's root: python3 bench/peers/sklearn_logistic.py
"""

import json
import warnings

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings("error")
C = 0.5
rng = np.random.default_rng(7)
x = np.round(rng.normal(size=(120, 5)) * [1, 10, 0.1, 3, 1] + [0, 50, 0, -2, 1], 3).astype(np.float32)
x[:, 4] = 1  # a constant column
scores = np.stack([x[:, 0], (x[:, 1] - 50) / 10, x[:, 3] * 0.3], axis=1) + rng.gumbel(size=(120, 3))
y = scores.argmax(axis=1)

model = make_pipeline(StandardScaler(), LogisticRegression(C=C, tol=1e-10, max_iter=10_000))
model.fit(x.astype(np.float64), y)
scaler, logistic = model.steps[0][1], model.steps[1][1]
coefficients = logistic.coef_ / scaler.scale_
coefficients[:, scaler.var_ == 0] = 0
intercepts = logistic.intercept_ - coefficients @ scaler.mean_

vector = {
    "made": f"bench/peers/sklearn_logistic.py, scikit-learn {sklearn.__version__}",
    "c": C,
    "width": x.shape[1],
    "x": [float(f"{v:.3f}") for v in x.ravel()],
    "y": y.tolist(),
    "coefficients": coefficients.ravel().tolist(),
    "intercepts": intercepts.tolist(),
    "probabilities": np.round(model.predict_proba(x.astype(np.float64)), 9).ravel().tolist(),
}
with open("src/baselines/vectors/logistic.json", "w") as file:
    json.dump(vector, file)
    file.write("\n")
