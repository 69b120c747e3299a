"""Reference values for measures of daily returns, from empyrical-reloaded.

Usage: python3 bench/peers/returns_vectors.py > src/evaluation/vectors/returns.json
"""

import json

import empyrical as ep
import numpy as np
import pandas as pd
from scipy import stats

rng = np.random.default_rng(12)
N, RATE = 300, 0.0001
dates = pd.bdate_range("2021-02-15", periods=N)
market = pd.Series(np.round(rng.standard_t(4, N) * 0.008 + 0.0002, 6), index=dates)
returns = pd.Series(np.round(0.7 * market + rng.standard_t(4, N) * 0.006 + 0.0004, 6), index=dates)


def periods(by):
    return [float(v) for v in returns.groupby(by).apply(lambda r: ep.cum_returns_final(r))]


half = (dates.month > 6).astype(int)

print(
    json.dumps(
        {
            "made": f"empyrical-reloaded {ep.__version__}",
            "dates": [d.strftime("%Y-%m-%d") for d in dates],
            "returns": returns.tolist(),
            "market": market.tolist(),
            "sessionRate": RATE,
            "totalReturn": ep.cum_returns_final(returns),
            "annualisedReturn": ep.annual_return(returns),
            "volatility": ep.annual_volatility(returns),
            "sharpe": ep.sharpe_ratio(returns, risk_free=0),
            "sharpeOfExcess": ep.sharpe_ratio(returns, risk_free=RATE),
            "sortino": ep.sortino_ratio(returns),
            "sortinoOfExcess": ep.sortino_ratio(returns, required_return=RATE),
            "calmar": ep.calmar_ratio(returns),
            "maxDrawdown": ep.max_drawdown(returns),
            "tailRatio": ep.tail_ratio(returns),
            "valueAtRisk95": -ep.value_at_risk(returns, 0.05),
            "expectedShortfall95": -ep.conditional_value_at_risk(returns, 0.05),
            "skew": stats.skew(returns),
            "excessKurtosis": stats.kurtosis(returns),
            "beta": ep.beta(returns, market),
            "excessSharpe": ep.excess_sharpe(returns, market) * np.sqrt(252),
            "logReturn": float(np.log1p(returns).sum()),
            "months": periods([dates.year, dates.month]),
            "halves": periods([dates.year, half]),
        }
    )
)
