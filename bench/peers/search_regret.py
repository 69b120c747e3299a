"""How near scikit-optimize and Optuna come to the minimum of standard test functions: the peer of bench/search.mjs.

Reads lines `peer function seed trials` and answers each with one line of JSON: the lowest value after each trial. Its first
line names the versions, or says which peers are missing.
"""

import json
import math
import sys
import warnings

warnings.filterwarnings("ignore")

# Surjanovic & Bingham, Virtual Library of Simulation Experiments: Branin and Hartmann-6.
A = [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]]
P = [
    [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
    [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
    [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
    [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
]
ALPHA = [1.0, 1.2, 3.0, 3.2]


def branin(x):
    b, c, t = 5.1 / (4 * math.pi**2), 5 / math.pi, 1 / (8 * math.pi)
    return (x[1] - b * x[0] ** 2 + c * x[0] - 6) ** 2 + 10 * (1 - t) * math.cos(x[0]) + 10


def hartmann6(x):
    return -sum(
        ALPHA[i] * math.exp(-sum(A[i][j] * (x[j] - P[i][j]) ** 2 for j in range(6))) for i in range(4)
    )


FUNCTIONS = {"branin": (branin, [(-5.0, 10.0), (0.0, 15.0)]), "hartmann6": (hartmann6, [(0.0, 1.0)] * 6)}


def running_best(values):
    best, out = math.inf, []
    for value in values:
        best = min(best, value)
        out.append(best)
    return out


def by_skopt(function, bounds, seed, trials):
    """Gaussian process, Matern 5/2, expected improvement, ten points first: skopt's defaults but for the acquisition."""
    from skopt import gp_minimize

    result = gp_minimize(function, bounds, n_calls=trials, acq_func="EI", random_state=seed)
    return list(result.func_vals)


def by_optuna(function, bounds, seed, trials):
    """Tree-structured Parzen estimator, Optuna's default sampler."""
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed))
    study.optimize(
        lambda trial: function([trial.suggest_float(f"x{i}", *b) for i, b in enumerate(bounds)]), n_trials=trials
    )
    return [trial.value for trial in study.trials]


PEERS = {"skopt": by_skopt, "optuna": by_optuna}
versions = {}
for peer, module in (("skopt", "skopt"), ("optuna", "optuna")):
    try:
        versions[peer] = __import__(module).__version__
    except ImportError:
        pass
print(json.dumps(versions), flush=True)
for line in sys.stdin:
    peer, name, seed, trials = line.split()
    function, bounds = FUNCTIONS[name]
    print(json.dumps(running_best(PEERS[peer](function, bounds, int(seed), int(trials)))), flush=True)
