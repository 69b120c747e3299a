"""Reference portfolios from cvxpy (Clarabel at 1e-12), PyPortfolioOpt, riskfolio-lib and scikit-learn on random problems.

Usage: python3 bench/peers/portfolio_vectors.py > src/portfolio/optimise/vectors/portfolios.json
       python3 bench/peers/portfolio_vectors.py covariance > src/stats/vectors/covariance.json
"""

import contextlib
import json
import sys
import warnings

import cvxpy as cp
import numpy as np
import pandas as pd
import pypfopt
import riskfolio as rp
import sklearn
from pypfopt import BlackLittermanModel, CovarianceShrinkage
from pypfopt.black_litterman import market_implied_prior_returns
from sklearn.covariance import OAS, LedoitWolf

warnings.filterwarnings("ignore")


def options(tol):
    return dict(max_iter=300, **{f"{kind}tol_{name}": tol for kind in ("", "reduced_") for name in ("gap_abs", "gap_rel", "feas")})


TIGHT = dict(solver=cp.CLARABEL, **options(1e-11))


VERSIONS = f"cvxpy {cp.__version__}, PyPortfolioOpt {pypfopt.__version__}, riskfolio-lib {rp.__version__}, scikit-learn {sklearn.__version__}"


def returns_of(seed, periods, n):
    rng = np.random.default_rng(seed)
    market = rng.standard_t(5, periods) * 0.01
    beta = rng.uniform(0.5, 1.5, n)
    own = rng.normal(0, rng.uniform(0.005, 0.025, n), (periods, n))
    return np.round(np.outer(market, beta) + own + rng.normal(0.0004, 0.0004, n), 6)


def covariance_cases():
    cases = []
    for seed, periods, n in [(1, 60, 5), (2, 40, 20), (3, 250, 8)]:
        x = returns_of(seed, periods, n)
        weights = 2.0 ** ((np.arange(periods) + 1 - periods) / 20)
        lw, oas = LedoitWolf().fit(x), OAS().fit(x)
        shrink = CovarianceShrinkage(pd.DataFrame(x), returns_data=True, frequency=1)
        # PyPortfolioOpt mixes divisors T - 1 and T; the paper has T throughout.
        shrink.S = np.cov(x.T, ddof=0)
        constant = shrink.ledoit_wolf("constant_correlation").to_numpy()
        cases.append(
            {
                "periods": periods,
                "assets": n,
                "returns": x.ravel().tolist(),
                "sample": np.cov(x.T).ravel().tolist(),
                "ewma": np.cov(x.T, aweights=weights, ddof=0).ravel().tolist(),
                "ledoitWolf": {"shrinkage": lw.shrinkage_, "covariance": lw.covariance_.ravel().tolist()},
                "oas": {"shrinkage": oas.shrinkage_, "covariance": oas.covariance_.ravel().tolist()},
                "constantCorrelation": {"shrinkage": shrink.delta, "covariance": constant.ravel().tolist()},
            }
        )
    return cases


def solve_tightly(problem):
    """As exactly as Clarabel can: rounding stops it short of 1e-13 on some problems; never looser than 1e-9."""
    for tol in (1e-13, 1e-12, 1e-11, 1e-10, 1e-9):
        try:
            problem.solve(solver=cp.CLARABEL, **options(tol))
        except cp.error.SolverError:
            continue
        if problem.status == "optimal":
            return
    raise ValueError(problem.status)


def solve(w, objective, constraints):
    solve_tightly(cp.Problem(objective, constraints))
    return w.value.tolist()


def portfolio_case(seed, n):
    rng = np.random.default_rng(seed)
    x = returns_of(seed, 4 * n + 60, n)
    sigma = np.round(LedoitWolf().fit(x).covariance_, 10)
    sigma = (sigma + sigma.T) / 2
    mu = np.round(x.mean(0) + rng.normal(0, 0.0003, n), 8)
    groups = rng.integers(0, 3, n)
    upper = max(0.12, 3.0 / n)
    benchmark = np.round(rng.dirichlet(np.full(n, 4.0)), 6)
    benchmark[0] += 1 - benchmark.sum()
    previous = np.round(rng.dirichlet(np.full(n, 2.0)) * 0.9, 6)
    root = np.linalg.cholesky(sigma).T
    w = cp.Variable(n)
    risk = cp.sum_squares(root @ w)
    base = [cp.sum(w) == 1, w >= 0]
    cap = base + [w <= upper]
    in_groups = [s for g in range(3) for s in [cp.sum(w[groups == g]) <= max(0.4, 1.2 * float(benchmark[groups == g].sum()))] if (groups == g).any()]
    group_upper = [max(0.4, 1.2 * float(benchmark[groups == g].sum())) for g in range(3)]
    turnover = [cp.norm1(w - previous) <= 2 * 0.35]
    gamma = 8.0
    unlimited = solve(w, cp.Minimize(1e4 * risk), base)
    scale = 1e3
    out = {
        "n": n,
        "mu": mu.tolist(),
        "sigma": sigma.ravel().tolist(),
        "groups": groups.tolist(),
        "groupUpper": group_upper,
        "upper": upper,
        "benchmark": benchmark.tolist(),
        "previous": previous.tolist(),
        "turnover": 0.35,
        "riskAversion": gamma,
        "minimumVariance": unlimited,
        "minimumVarianceLimited": solve(w, cp.Minimize(1e4 * risk), cap + in_groups + turnover),
        "utility": solve(w, cp.Maximize(scale * (mu @ w - gamma / 2 * risk)), cap + in_groups),
        "utilityTurnover": solve(w, cp.Maximize(scale * (mu @ w - gamma / 2 * risk)), cap + in_groups + turnover),
    }
    low, high = mu @ np.array(unlimited), mu.max()
    targets = [float(low + f * (high - low)) for f in (0.25, 0.5, 0.75)]
    out["targets"] = targets
    out["targetReturn"] = [solve(w, cp.Minimize(1e4 * risk), base + [scale * (mu @ w) >= scale * t]) for t in targets]
    safest = np.sqrt(np.array(unlimited) @ sigma @ np.array(unlimited))
    out["targetVolatility"] = float(1.15 * safest)
    # At the optimum weights are as inexact as the square root of the objective; the same point as a least variance is sharp.
    boldest = mu @ np.array(solve(w, cp.Maximize(scale * (mu @ w)), base + [cp.norm(100 * (root @ w)) <= 115 * safest]))
    out["maximumReturn"] = solve(w, cp.Minimize(1e4 * risk), base + [scale * (mu @ w) >= scale * boldest])
    # Largest Sharpe ratio: cvxpy in x = kappa w.
    y, kappa = cp.Variable(n), cp.Variable()
    rf = 0.00002
    problem = cp.Problem(
        cp.Minimize(cp.sum_squares(root @ y)), [1e3 * ((mu - rf) @ y) == 1, cp.sum(y) == kappa, y >= 0, y <= upper * kappa, kappa >= 0]
    )
    solve_tightly(problem)
    out["riskFree"] = rf
    out["sharpe"] = (y.value / kappa.value).tolist()
    # PyPortfolioOpt and riskfolio-lib through their own interfaces.
    front = pypfopt.EfficientFrontier(mu, sigma, solver="CLARABEL", solver_options={k: v for k, v in TIGHT.items() if k != "solver"})
    front.min_volatility()
    out["pypfoptMinimumVariance"] = front.weights.tolist()
    budgets = rng.uniform(0.5, 2, n)
    budgets = np.round(budgets / budgets.sum(), 8)
    budgets[0] += 1 - budgets.sum()
    out["budgets"] = budgets.tolist()
    for key, b in (("riskParity", np.full(n, 1 / n)), ("riskBudgets", budgets)):
        v = cp.Variable(n)
        unit = float(np.mean(np.diag(sigma)))
        problem = cp.Problem(cp.Minimize(0.5 * cp.sum_squares(root @ v) / unit - b @ cp.log(v)))
        solve_tightly(problem)
        out[key] = (v.value / v.value.sum()).tolist()
    v = cp.Variable(n)
    top = 1.5 / n
    problem = cp.Problem(cp.Minimize(0.5 * cp.sum_squares(root @ v) / unit - np.full(n, 1 / n) @ cp.log(v)), [v <= top * cp.sum(v)])
    solve_tightly(problem)
    out["riskParityUpper"] = top
    out["riskParityLimited"] = (v.value / v.value.sum()).tolist()
    port = rp.Portfolio(returns=pd.DataFrame(x))
    port.assets_stats(method_mu="hist", method_cov="hist")
    port.cov, port.mu = pd.DataFrame(sigma), pd.DataFrame(mu[None, :])
    port.solvers = ["CLARABEL"]
    # As exactly as it can, like solve_tightly: where a tolerance is out of reach it says so and returns None.
    for tol in (1e-12, 1e-11, 1e-10, 1e-9):
        port.sol_params = {"CLARABEL": options(tol)}
        with contextlib.redirect_stdout(sys.stderr):
            found = port.rp_optimization(model="Classic", rm="MV", b=None)
        if found is not None:
            break
    out["riskfolioRiskParity"] = found["weights"].tolist()
    # Black-Litterman.
    picks = np.zeros((2, n))
    picks[0, 0], picks[0, 1], picks[1, n - 1] = 1, -1, 1
    views = np.array([0.0004, 0.001])
    confidences = [0.3, 0.8]
    prior = market_implied_prior_returns(pd.Series(np.full(n, 1.0) * benchmark), 2.5, pd.DataFrame(sigma), risk_free_rate=0)
    frame = pd.DataFrame(sigma)
    out["views"] = {"picks": picks.ravel().tolist(), "returns": views.tolist(), "confidences": confidences}
    out["prior"] = prior.tolist()
    for key, more in (("blackLitterman", {}), ("idzorek", {"omega": "idzorek", "view_confidences": confidences})):
        model = BlackLittermanModel(frame, pi=prior, P=picks, Q=views, tau=0.05, **more)
        # The first rows tell: the whole matrix of 50 assets would be most of this file.
        out[key] = {"returns": model.bl_returns().tolist(), "covariance": model.bl_cov().to_numpy()[:3].ravel().tolist()}
    # Index enhancement.
    te = 0.0015
    active = w - benchmark
    rules = [cp.sum(w) == benchmark.sum(), w >= 0, cp.abs(active) <= 0.05, cp.norm(1e3 * (root @ active)) <= 1e3 * te]
    neutral = rules + [cp.sum(active[groups == g]) == 0 for g in range(3) if (groups == g).any()]
    close = [cp.norm1(w - previous) <= 2 * 0.35]
    out["trackingError"] = te
    out["enhanced"] = solve(w, cp.Maximize(scale * (mu @ w)), neutral)
    out["enhancedTurnover"] = solve(w, cp.Maximize(scale * (mu @ w)), neutral + close)
    return out


def rounded(value, decimals):
    if isinstance(value, float):
        return round(value, decimals)
    if isinstance(value, list):
        return [rounded(item, decimals) for item in value]
    return {key: rounded(item, decimals) for key, item in value.items()} if isinstance(value, dict) else value


if sys.argv[1:] == ["covariance"]:
    print(json.dumps(rounded({"made": VERSIONS, "cases": covariance_cases()}, 16)))
else:
    cases = [portfolio_case(s, n) for s, n in ((11, 5), (12, 12), (13, 25), (14, 50))]
    print(json.dumps(rounded({"made": VERSIONS, "cases": cases}, 13)))
