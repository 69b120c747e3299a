"""vectorbt beside our back-test: bench/backtest.mjs starts it and gives it commands; or, to make the vectors of
src/backtest/parity.test.ts:

    python bench/peers/vectorbt_backtest.py vectors > src/backtest/vectors/vectorbt.json

It reads from a folder: market.json (sessions, symbols), close.bin and universe.bin, [session x symbol], float64 and uint8.
Orders fill at the close before the session, the price they are sized at, without rules and costs.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
import vectorbt as vbt


def portfolio(close, weights):
    """`weights`: [session x symbol] given after the close of the session; NaN rows leave the portfolio alone."""
    price = np.vstack([np.full((1, close.shape[1]), np.nan), close[:-1]])
    size = np.vstack([np.full((1, close.shape[1]), np.nan), weights[:-1]])
    return vbt.Portfolio.from_orders(
        close,
        size=size,
        size_type="targetpercent",
        price=price,
        val_price=price,
        init_cash=1e6,
        cash_sharing=True,
        group_by=True,
        call_seq="auto",
        freq="1D",
    )


def momentum(close, universe, lookback, k, rebalance, first):
    """Weights after each close, as src/backtest/sweep/momentum.ts has them."""
    weights = np.full(close.shape, np.nan)
    for day in range(first, close.shape[0] - 1, rebalance):
        if day < lookback:
            continue
        score = np.where(universe[day] == 1, close[day] / close[day - lookback], np.nan)
        eligible = np.flatnonzero(~np.isnan(score))
        best = eligible[np.argsort(-score[eligible], kind="stable")][:k]
        weights[day] = 0.0
        weights[day, best] = 1 / k
    return weights


def load(folder):
    meta = json.loads((folder / "market.json").read_text())
    shape = (meta["sessions"], meta["symbols"])
    close = np.fromfile(folder / "close.bin").reshape(shape)
    universe = np.fromfile(folder / "universe.bin", dtype=np.uint8).reshape(shape)
    return close, universe, meta["first"]


def answer(command):
    what, folder, argument = command.split(" ", 2)
    close, universe, first = load(Path(folder))
    if what == "sweep":
        sets = json.loads(argument)
        begun = time.perf_counter()
        curves = []
        for s in sets:
            weights = momentum(close, universe, s["lookback"], s["k"], s["rebalance"], first)
            curves.append(portfolio(close, weights).value().to_numpy()[first:].tolist())
        return {"seconds": time.perf_counter() - begun, "equity": curves if len(sets) <= 8 else None}
    weights = np.fromfile(argument).reshape(close.shape)
    begun = time.perf_counter()
    result = portfolio(close, weights)
    orders = len(result.order_records)
    return {"seconds": time.perf_counter() - begun, "orders": orders}


def vectors():
    generator = np.random.default_rng(20220104)
    close = 10 * np.exp(np.cumsum(0.02 * generator.standard_normal((60, 6)), axis=0))
    universe = np.ones(close.shape, dtype=np.uint8)
    cases = []
    random = np.full(close.shape, np.nan)
    for day in range(0, 58, 3):
        random[day] = generator.dirichlet(np.ones(6)) * generator.uniform(0.3, 1)
    once = np.full(close.shape, np.nan)
    once[0] = [1, 0, 0, 0, 0, 0]
    mix = np.full(close.shape, np.nan)
    mix[:-1] = [0.3, 0.5, 0, 0, 0, 0]
    named = {"buy and hold": once, "constant mix": mix, "random weights": random}
    named["momentum"] = momentum(close, universe, 5, 2, 4, 0)
    for name, weights in named.items():
        rows = {int(d): weights[d].tolist() for d in range(len(weights)) if not np.isnan(weights[d, 0])}
        cases.append({"name": name, "weights": rows, "equity": portfolio(close, weights).value().tolist()})
    source = f"bench/peers/vectorbt_backtest.py, vectorbt {vbt.__version__}, numpy {np.__version__}"
    print(json.dumps({"source": source, "close": close.T.tolist(), "cases": cases}))


if sys.argv[1:] == ["vectors"]:
    vectors()
else:
    print(json.dumps({"name": f"vectorbt {vbt.__version__}"}), flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(line.strip())), flush=True)
