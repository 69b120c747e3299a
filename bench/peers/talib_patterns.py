"""Reference vectors of the 61 candlestick patterns, computed by TA-Lib's Python package.

    pip install TA-Lib numpy && python bench/peers/talib_patterns.py

writes src/indicators/functions/candlesticks/vectors/talib.json: short stretches of candles, chosen from long random ones so
that every pattern occurs with every value it takes in those, and where which function is not 0 on each stretch.
`--check FILE` writes the long series and all values instead ([open, high, low, close, then each pattern in the order of its
name], float64), to compare at length.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import talib

from talib_vectors import numbers

OUTPUT = (Path(__file__).resolve().parents[2] / "src" / "indicators" / "functions" / "candlesticks" / "vectors"
          / "talib.json")
NAMES = sorted(talib.get_function_groups()["Pattern Recognition"])
BEFORE, AFTER = 30, 3


def candles(rng, bars, jump, digits):
    """Bodies and shadows of few sizes, gaps often, so that patterns and ties are not rare."""
    out = np.empty((4, bars))
    price = 50.0
    for i in range(bars):
        gap = rng.choice([0, 0, 1, -1]) * abs(rng.normal(0, 0.8)) * jump
        body = rng.choice([0, 0.05, 0.3, 1, 2.5]) * rng.choice([-1, 1]) * abs(rng.normal(1, 0.4))
        opening = price + gap + (0 if rng.random() < 0.6 else rng.normal(0, 0.6) * jump)
        close = opening + body + (0.3 * np.sin(i / 7) if rng.random() < 0.5 else 0)
        up, down = rng.choice([0, 0, 0.05, 0.4, 2], 2) * abs(rng.normal(1, 0.3, 2))
        out[:, i] = opening, max(opening, close) + up, min(opening, close) - down, close
        price = close if 10 < close < 200 else 50.0
    return np.round(out, digits)


def values(bars):
    return [getattr(talib, name)(*bars) for name in NAMES]


def stretches(bars):
    """Around the first place of each value of each pattern, as computed on the stretch alone."""
    found = values(bars)
    chosen, covered = [], set()
    for name, series in sorted(zip(NAMES, found), key=lambda pair: np.count_nonzero(pair[1])):
        for value in sorted(set(series[series != 0])):
            if (name, value) in covered:
                continue
            for at in np.flatnonzero(series == value):
                part = bars[:, max(0, at - BEFORE) : at + AFTER].copy()
                seen = {(n, v) for n, s in zip(NAMES, values(part)) for v in s[s != 0]}
                if (name, value) in seen:
                    chosen.append(part)
                    covered |= seen
                    break
    return chosen


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--check", type=Path)
    chosen = options.parse_args()
    rng = np.random.default_rng(20151231)
    # Each with a seam in it, which is one more gap.
    long = np.concatenate([candles(rng, 60_000, 0.7, 1), candles(rng, 60_000, 1.5, 2)], axis=1)
    if chosen.check:
        np.concatenate([long, np.array(values(long), dtype=float)]).tofile(chosen.check)
        return
    cases = stretches(long)
    factor = 7.123456789
    cases += [long[:, 500:620] * factor, long[:, 70_000:70_120] * 1e-9, np.full((4, 40), 12.34), long[:, :3].copy()]
    document = {
        "source": f"TA-Lib {talib.__ta_version__.decode().split()[0]}, bench/peers/talib_patterns.py",
        "cases": [
            {
                "candles": [numbers(field, 17) for field in part],
                "patterns": {
                    name: {str(i): int(series[i]) for i in np.flatnonzero(series)}
                    for name, series in zip(NAMES, values(part))
                    if series.any()
                },
            }
            for part in cases
        ],
    }
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    OUTPUT.write_text(json.dumps(document, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
