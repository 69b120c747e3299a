"""Reference values for the tear sheet of a factor, from pandas, scipy and statsmodels.

Usage: python3 bench/peers/tear_sheet_vectors.py > src/evaluation/vectors/tear-sheet.json
"""

import json

import numpy as np
import pandas as pd
import scipy
import statsmodels.api as sm
from scipy import stats

rng = np.random.default_rng(99)
STOCKS, DAYS, HORIZON, GROUPS = 20, 45, 3, 5
opens = np.round(10 * np.exp(np.cumsum(rng.normal(0, 0.02, (STOCKS, DAYS)), axis=1)), 3)
score = np.zeros((STOCKS, DAYS))
for t in range(DAYS):
    score[:, t] = 0.7 * (score[:, t - 1] if t else 0) + rng.normal(0, 1, STOCKS)
score = np.round(score, 4)


def correlations(lag, measure):
    result = []
    for t in range(DAYS - 1 - lag - HORIZON):
        change = opens[:, t + 1 + lag + HORIZON] / opens[:, t + 1 + lag] - 1
        result.append(float(measure(score[:, t], change)[0]))
    return result


def tested(values):
    values = np.array(values)
    lags = max(int(np.floor(4 * (len(values) / 100) ** (2 / 9))), 2 * HORIZON)
    fit = sm.OLS(values, np.ones(len(values))).fit(
        cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True}, use_t=True
    )
    return {"mean": values.mean(), "sd": values.std(ddof=1), "t": fit.tvalues[0], "p": fit.pvalues[0]}


groups = np.array([pd.qcut(score[:, t], GROUPS, labels=False) for t in range(DAYS)]).T
returns, excess, spread = [], [], []
for t in range(DAYS - 1 - HORIZON):
    change = opens[:, t + 1 + HORIZON] / opens[:, t + 1] - 1
    means = [change[groups[:, t] == g].mean() for g in range(GROUPS)]
    returns.append(means)
    excess.append(np.array(means) - change.mean())
    spread.append(means[-1] - means[0])
turnover = [
    np.mean([np.mean(groups[groups[:, t] == g, t - 1] != g) for t in range(1, DAYS)]) for g in range(GROUPS)
]

print(
    json.dumps(
        {
            "made": f"pandas {pd.__version__}, scipy {scipy.__version__}, statsmodels",
            "stocks": STOCKS,
            "days": DAYS,
            "horizonDays": HORIZON,
            "quantiles": GROUPS,
            "opens": opens.ravel().tolist(),
            "score": score.ravel().tolist(),
            "ic": tested(correlations(0, stats.pearsonr)),
            "decay": [[lag, tested(correlations(lag, stats.spearmanr))] for lag in (0, 1, 5, 10)],
            "meanReturn": np.mean(returns, axis=0).tolist(),
            "meanExcess": np.mean(excess, axis=0).tolist(),
            "spread": tested(spread),
            "turnover": [float(v) for v in turnover],
            "monotonicity": stats.spearmanr(np.arange(GROUPS), np.mean(excess, axis=0))[0],
            "autocorrelation": [
                [lag, float(np.mean([stats.spearmanr(score[:, t], score[:, t - lag])[0] for t in range(lag, DAYS)]))]
                for lag in (1, HORIZON)
            ],
        }
    )
)
