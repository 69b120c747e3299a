"""Reference values for src/training/search: posterior, marginal likelihood and expected improvement from scikit-learn and scipy.

Usage: python3 bench/peers/search_vectors.py > src/training/search/vectors/gaussian-process.json
"""

import json

import numpy as np
import scipy
import sklearn
from scipy.stats import norm
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import ConstantKernel, Matern, WhiteKernel

rng = np.random.default_rng(20260101)
n, d = 14, 3
x = np.round(rng.random((n, d)), 6)
y = np.round(np.sin(5 * x[:, 0]) + x[:, 1] ** 2 + 0.1 * rng.normal(size=n), 6)
y = np.round((y - y.mean()) / y.std(ddof=1), 6)
at = np.round(rng.random((6, d)), 6)
at[0] = x[3]
at[1] = [1.4, -0.6, 3.0]

cases = []
for signal, noise, lengths in [(1.0, 1e-3, [0.5, 0.5, 0.5]), (2.5, 0.05, [0.2, 0.9, 7.0]), (0.4, 1e-6, [1.5, 0.3, 0.7])]:
    latent = ConstantKernel(signal) * Matern(lengths, nu=2.5)
    process = GaussianProcessRegressor(latent, alpha=noise, optimizer=None).fit(x, y)
    mean, deviation = process.predict(at, return_std=True)
    # The same with the noise as a kernel, which scikit-learn differentiates as well.
    noisy = GaussianProcessRegressor(latent + WhiteKernel(noise), alpha=0, optimizer=None).fit(x, y)
    likelihood, gradient = noisy.log_marginal_likelihood(noisy.kernel_.theta, eval_gradient=True)
    best = float(y.min())
    z = (best - mean) / deviation
    improvement = deviation * (z * norm.cdf(z) + norm.pdf(z))
    cases.append(
        {
            "signal": signal,
            "noise": noise,
            "lengths": lengths,
            "mean": mean.tolist(),
            "deviation": deviation.tolist(),
            "likelihood": likelihood,
            # By the logarithm of: signal, each length, noise.
            "gradient": gradient.tolist(),
            "best": best,
            "improvement": improvement.tolist(),
        }
    )

# log EI far out, where EI itself is 0 in double precision, from 60 digits.
far = [-1.0, -5.0, -20.0, -29.9, -30.1, -40.0, -200.0]


def log_h(z):
    from mpmath import mp, mpf, ncdf, npdf, log

    mp.dps = 60
    z = mpf(z)
    return float(log(z * ncdf(z) + npdf(z)))


print(
    json.dumps(
        {
            "made": f"scikit-learn {sklearn.__version__}, scipy {scipy.__version__}, mpmath",
            "x": x.tolist(),
            "y": y.tolist(),
            "at": at.tolist(),
            "cases": cases,
            "far": far,
            "logImprovement": [log_h(z) for z in far],
        }
    )
)
