"""Reference values for the tests, regressions and bootstraps of src/stats from scipy, statsmodels and arch.

Usage: python3 bench/peers/test_vectors.py > src/stats/vectors/tests.json
"""

import json

import arch
import numpy as np
import scipy
import statsmodels
import statsmodels.api as sm
from arch.bootstrap import SPA, StationaryBootstrap, StepM, optimal_block_length
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests

rng = np.random.default_rng(20260315)


def signed_rank(values, zeros):
    d = np.array(values)
    n = np.count_nonzero(d)
    ties = len(np.unique(np.abs(d[d != 0]))) < n
    plain = not ties and n == len(d)
    # Up to 13 values scipy permutes exactly; above, its exact distribution is for ranks without ties.
    if len(d) <= 13 or (n <= 50 and plain):
        p = stats.wilcoxon(d, zero_method=zeros, correction=False, method="auto").pvalue
    else:
        p = None
    approximate = stats.wilcoxon(d, zero_method=zeros, correction=False, method="asymptotic")
    return {
        "zeros": zeros,
        "differences": d.tolist(),
        "statistic": approximate.statistic,
        "z": approximate.zstatistic,
        "p": p,
        "pNormal": approximate.pvalue,
    }


def block_lengths(values):
    found = optimal_block_length(values)
    return {"values": values.tolist(), "stationary": found.iloc[0, 0], "circular": found.iloc[0, 1]}


def regression(y, columns, lags):
    fit = sm.OLS(y, sm.add_constant(np.column_stack(columns))).fit(
        cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True}, use_t=True
    )
    return {
        "lags": lags,
        "y": y.tolist(),
        "columns": [c.tolist() for c in columns],
        "estimates": fit.params.tolist(),
        "standardErrors": fit.bse.tolist(),
        "t": fit.tvalues.tolist(),
        "p": fit.pvalues.tolist(),
        "rSquared": fit.rsquared,
        "adjustedRSquared": fit.rsquared_adj,
    }


def autoregressive(phi, n):
    values = np.zeros(n)
    for i in range(1, n):
        values[i] = phi * values[i - 1] + rng.normal()
    return np.round(values, 4)


continuous = np.round(rng.normal(0.3, 1, 12), 4)
longer = np.round(rng.normal(0.2, 1, 40), 4)
long = np.round(rng.normal(0.1, 1, 70), 4)
coarse = np.round(rng.normal(0.4, 1.2, 12))
coarse_long = np.round(rng.normal(0.2, 1.5, 70))

factor = np.round(rng.normal(0.0003, 0.012, 90), 6)
size = np.round(rng.normal(0, 0.006, 90) + 0.2 * factor, 6)
value = np.round(rng.normal(0.0001, 0.005, 90), 6)
noise = rng.normal(0, 0.004, 91)
strategy = np.round(0.0002 + 0.8 * factor + 0.3 * size + noise[1:] + 0.5 * noise[:-1], 6)

# The stationary bootstrap: arch's resamples, recorded, and its intervals over them.
series = np.round(0.02 * autoregressive(0.4, 40), 5)
REPLICATIONS = 150


def ratio(x):
    return np.array([x.mean() / x.std(ddof=1)])


def recorded(bootstrap, count):
    return [bootstrap.update_indices().tolist() for _ in range(count)]


indices = recorded(StationaryBootstrap(5, series, seed=11), REPLICATIONS)
intervals = {
    method: StationaryBootstrap(5, series, seed=11).conf_int(ratio, reps=REPLICATIONS, method=method, size=0.9)
    .ravel()
    .tolist()
    for method in ("percentile", "basic", "bca")
}

# Superior predictive ability: arch compares plain means, so dividing the leads by their own errors first studentises.
T, K, BLOCK, REPS = 60, 6, 6, 200
leads = rng.normal(0, 0.01, (T, K)) * np.array([1, 2, 0.5, 1, 3, 1])
leads[1:] += 0.3 * leads[:-1]
leads += np.array([0.006, 0.0, -0.0005, 0.001, -0.012, 0.005])
leads = np.round(leads, 5)


def errors(d):
    t, p = len(d), 1 / BLOCK
    d = d - d.mean(0)
    total = (d**2).sum(0) / t
    for i in range(1, t):
        kappa = (1 - i / t) * (1 - p) ** i + i / t * (1 - p) ** (t - i)
        total += 2 * kappa * (d[: t - i] * d[i:]).sum(0) / t
    return np.sqrt(total)


def superior(d, name):
    nothing = np.zeros(T)
    spa = SPA(nothing, -d, block_size=BLOCK, reps=REPS, seed=5)
    spa.compute()
    step = StepM(nothing, -d, size=0.2, block_size=BLOCK, reps=REPS, seed=5)
    step.compute()
    return {
        "name": name,
        "pLower": spa.pvalues["lower"],
        "pConsistent": spa.pvalues["consistent"],
        "pUpper": spa.pvalues["upper"],
        "superior": [int(i) for i in step.superior_models],
        "statistic": d.mean(0).max() * np.sqrt(T),
    }


p_values = [0.001, 0.04, 0.03, 0.2, 0.004, 0.03, 0.9]

print(
    json.dumps(
        {
            "made": f"scipy {scipy.__version__}, statsmodels {statsmodels.__version__}, arch {arch.__version__}",
            "signedRank": [
                signed_rank(d, zeros)
                for d in (continuous, longer, long, coarse, coarse_long)
                for zeros in ("wilcox", "pratt")
            ],
            "mcNemar": [
                {
                    "b": b,
                    "c": c,
                    "chi2": mcnemar([[9, b], [c, 4]], exact=False).statistic,
                    "p": mcnemar([[9, b], [c, 4]], exact=False).pvalue,
                    "pExact": mcnemar([[9, b], [c, 4]], exact=True).pvalue,
                }
                for b, c in ((3, 9), (0, 6), (5, 5), (121, 59), (40210, 39770), (1, 0))
            ],
            "pairedT": {
                "x": longer.tolist(),
                "y": long[:40].tolist(),
                "t": stats.ttest_rel(longer, long[:40]).statistic,
                "p": stats.ttest_rel(longer, long[:40]).pvalue,
            },
            "adjusted": {
                "p": p_values,
                "holm": multipletests(p_values, method="holm")[1].tolist(),
                "benjaminiHochberg": multipletests(p_values, method="fdr_bh")[1].tolist(),
            },
            "blockLengths": [block_lengths(autoregressive(phi, n)) for phi, n in ((0.0, 60), (0.7, 150), (-0.5, 80), (0.95, 40))],
            "regressions": [regression(strategy, [factor], lags) for lags in (0, 3, 8)]
            + [regression(strategy, [factor, size, value], lags) for lags in (0, 5)],
            "bootstrap": {"values": series.tolist(), "indices": indices, "level": 0.9, "intervals": intervals},
            "superior": {
                "leads": leads.ravel().tolist(),
                "sessions": T,
                "trials": K,
                "meanBlock": BLOCK,
                "size": 0.2,
                "indices": recorded(StationaryBootstrap(BLOCK, leads, seed=5), REPS),
                "cases": [superior(leads, "plain"), superior(leads / errors(leads), "studentised")],
            },
        }
    )
)
