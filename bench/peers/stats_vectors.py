"""Reference values for src/stats from numpy, scipy and statsmodels.

Usage: python3 bench/peers/stats_vectors.py > src/stats/vectors/stats.json
"""

import json

import numpy as np
import scipy
import statsmodels
import statsmodels.api as sm
from scipy import stats

rng = np.random.default_rng(20260101)
x = np.round(rng.standard_t(4, 60) * 0.015 + 0.0004, 6)
y = np.round(0.4 * x + rng.normal(0, 0.01, 60), 6)
tied = np.round(x, 2)


def newey_west(values, lags):
    fit = sm.OLS(values, np.ones(len(values))).fit(
        cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True}, use_t=True
    )
    return {"lags": lags, "standardError": fit.bse[0], "t": fit.tvalues[0], "p": fit.pvalues[0]}


normal_at = [-8.0, -5.0, -3.5, -3.0, -1.96, -1.0, -0.1, 0.0, 0.3, 1.0, 2.5, 3.0, 4.0, 6.0]
quantile_at = [1e-12, 1e-6, 0.01, 0.02425, 0.1, 0.3, 0.5, 0.7, 0.975, 0.999, 0.9999999]
student_at = [(-30.0, 3), (-3.0, 1), (-1.5, 5), (0.0, 7), (0.4, 30), (1.96, 483), (2.5, 2.5), (8.0, 483), (1.0, 1e5)]

print(
    json.dumps(
        {
            "made": f"numpy {np.__version__}, scipy {scipy.__version__}, statsmodels {statsmodels.__version__}",
            "x": x.tolist(),
            "y": y.tolist(),
            "tied": tied.tolist(),
            "mean": x.mean(),
            "variance": x.var(ddof=1),
            "skewness": stats.skew(x),
            "excessKurtosis": stats.kurtosis(x),
            "ranksOfTied": stats.rankdata(tied).tolist(),
            "pearson": stats.pearsonr(x, y)[0],
            "spearman": stats.spearmanr(x, y)[0],
            "spearmanTied": stats.spearmanr(tied, y)[0],
            "quantiles": [[p, np.quantile(x, p)] for p in (0.0, 0.05, 0.25, 0.5, 0.9, 1.0)],
            "normalCdf": [[v, stats.norm.cdf(v)] for v in normal_at],
            "normalQuantile": [[p, stats.norm.ppf(p)] for p in quantile_at],
            "studentCdf": [[t, df, stats.t.cdf(t, df)] for t, df in student_at],
            "studentTwoSided": [[t, df, 2 * stats.t.sf(abs(t), df)] for t, df in student_at],
            "neweyWest": [newey_west(x, lags) for lags in (0, 3, 4, 10)],
            "ttest": list(stats.ttest_1samp(x, 0)),
        }
    )
)
