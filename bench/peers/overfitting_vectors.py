"""Reference values for the deflated Sharpe ratio and the probability of back-test overfitting, from the papers' formulas.

Bailey & Lopez de Prado (2012) eq. 9 and 11; (2014) eq. 1 and 2, whose worked example ("A numerical example", after eq. 2)
is in the tests; Bailey, Borwein, Lopez de Prado & Zhu (2017), section 3, steps 1 to 5.

Usage: python3 bench/peers/overfitting_vectors.py > src/stats/vectors/overfitting.json
"""

import json
from itertools import combinations

import numpy as np
import scipy
from scipy import stats

rng = np.random.default_rng(404)
GAMMA = np.euler_gamma


def probabilistic(returns, threshold):
    sr = returns.mean() / returns.std(ddof=1)
    skew, kurtosis = stats.skew(returns), stats.kurtosis(returns, fisher=False)
    spread = np.sqrt(1 - skew * sr + (kurtosis - 1) / 4 * sr**2)
    return stats.norm.cdf((sr - threshold) * np.sqrt(len(returns) - 1) / spread)


def minimum_length(returns, threshold, confidence):
    sr = returns.mean() / returns.std(ddof=1)
    skew, kurtosis = stats.skew(returns), stats.kurtosis(returns, fisher=False)
    return 1 + (1 - skew * sr + (kurtosis - 1) / 4 * sr**2) * (stats.norm.ppf(confidence) / (sr - threshold)) ** 2


def expected_maximum(count, variance):
    z = (1 - GAMMA) * stats.norm.ppf(1 - 1 / count) + GAMMA * stats.norm.ppf(1 - 1 / (count * np.e))
    return np.sqrt(variance) * z


def sharpe(block):
    return block.mean(axis=0) / block.std(axis=0, ddof=1)


def overfitting(returns, blocks):
    length = len(returns) // blocks
    parts = np.split(returns[len(returns) - length * blocks :], blocks)
    logits, inside, outside = [], [], []
    for chosen in combinations(range(blocks), blocks // 2):
        rest = [i for i in range(blocks) if i not in chosen]
        first = sharpe(np.concatenate([parts[i] for i in chosen]))
        second = sharpe(np.concatenate([parts[i] for i in rest]))
        best = np.argmax(first)
        omega = stats.rankdata(second)[best] / (len(second) + 1)
        logits.append(np.log(omega / (1 - omega)))
        inside.append(first[best])
        outside.append(second[best])
    slope, intercept = np.polyfit(inside, outside, 1)
    return {
        "blocks": blocks,
        "sessions": len(returns),
        "trials": returns.shape[1],
        "returns": returns.ravel().tolist(),
        "probability": float(np.mean(np.array(logits) <= 0)),
        "probabilityOfLoss": float(np.mean(np.array(outside) < 0)),
        "sortedLogits": sorted(logits)[:: max(1, len(logits) // 20)],
        "meanLogit": float(np.mean(logits)),
        "slope": slope,
        "intercept": intercept,
    }


returns = np.round(rng.standard_t(5, 80) * 0.01 + 0.002, 6)
noise = np.round(rng.normal(0, 0.01, (66, 7)), 5)
skilled = noise.copy()
skilled[:, 2] += 0.006
ratios = sharpe(noise)
correlations = np.corrcoef(noise.T)[np.triu_indices(7, 1)]
common = max(0, correlations.mean())

print(
    json.dumps(
        {
            "made": f"numpy {np.__version__}, scipy {scipy.__version__}, from the papers' formulas",
            "returns": returns.tolist(),
            "sharpe": sharpe(returns),
            "probabilistic": [[t, probabilistic(returns, t)] for t in (0.0, 0.05, 0.2, -0.1)],
            "minimumLength": [[t, c, minimum_length(returns, t, c)] for t, c in ((0.0, 0.95), (0.05, 0.95), (0.0, 0.99))],
            "expectedMaximum": [[n, v, expected_maximum(n, v)] for n, v in ((3, 0.01), (10, 0.002), (100, 1 / 504), (8.4, 0.01))],
            "deflated": [[n, v, probabilistic(returns, expected_maximum(n, v))] for n, v in ((10, 0.002), (100, 0.004))],
            "population": {
                "sessions": 66,
                "trials": 7,
                "returns": noise.ravel().tolist(),
                "count": common + (1 - common) * 7,
                "variance": ratios.var(ddof=1),
            },
            "overfitting": [overfitting(noise, 6), overfitting(skilled, 8)],
        }
    )
)
