"""Reference vectors of the 32 technical outputs, computed by TA-Lib's Python package.

    pip install TA-Lib numpy && python bench/peers/talib_vectors.py

writes src/indicators/vectors/talib.json. The indicators are called with TA-Lib's own defaults except where the feature
set names a period (SMA 5/10/20, EMA 12/26). Numbers carry 13 significant digits; null is NaN.
"""

import json
import math
from pathlib import Path

import numpy as np
import talib

OUTPUT = Path(__file__).resolve().parents[2] / "src" / "indicators" / "vectors" / "talib.json"


def market(rng, bars, volatility=0.02, level=20.0):
    """A random walk with gaps, ranges and volume, rounded as quotes are (so that ties happen)."""
    close = level * np.exp(np.cumsum(rng.normal(0, volatility, bars)))
    opening = close * np.exp(rng.normal(0, volatility / 2, bars))
    high = np.maximum(opening, close) * np.exp(np.abs(rng.normal(0, volatility / 3, bars)))
    low = np.minimum(opening, close) * np.exp(-np.abs(rng.normal(0, volatility / 3, bars)))
    volume = np.round(np.exp(rng.normal(13, 0.6, bars)))
    return {"high": np.round(high, 2), "low": np.round(low, 2), "close": np.round(close, 2), "volume": volume}


def quiet(rng, bars):
    """Prices that move by a tick or not at all, times an adjustment factor: equal but for the last bit."""
    close = np.round(10 + np.cumsum(rng.choice([-0.01, 0, 0.01], bars)), 2)
    high = np.round(close + 0.01 * rng.integers(0, 3, bars), 2)
    low = np.round(close - 0.01 * rng.integers(0, 3, bars), 2)
    factor = 7.123456789
    volume = np.round(np.exp(rng.normal(13, 0.6, bars)))
    return {"high": high * factor, "low": low * factor, "close": close * factor, "volume": volume}


def series():
    rng = np.random.default_rng(20100104)
    normal = market(rng, 140)
    constant = {name: np.full(100, value) for name, value in
                {"high": 1234.56, "low": 1234.56, "close": 1234.56, "volume": 250_000.0}.items()}
    zero_volume = {**market(rng, 100), "volume": np.zeros(100)}
    short = market(rng, 3)
    extremes = market(rng, 120, 0.04)
    for at, factor in ((31, 1e3), (32, 1e3), (70, 1e-2), (71, 1e-2), (95, 1e4)):
        for name in ("high", "low", "close"):
            extremes[name][at] *= factor
    extremes["high"][100] = extremes["low"][100] = extremes["close"][100] = 1e-3
    extremes["volume"][[40, 80]] = [1e12, 1.0]
    gap = market(rng, 108)
    for name, values in gap.items():
        gap[name] = values.copy()
        gap[name][: 8 if name == "close" else 5] = np.nan
    ties = quiet(rng, 150)
    return {"normal": normal, "constant": constant, "zero volume": zero_volume, "three bars": short,
            "extremes": extremes, "leading gap": gap, "ties but for rounding": ties}


def outputs(bars):
    h, l, c, v = bars["high"], bars["low"], bars["close"], bars["volume"]
    macd, signal, histogram = talib.MACD(c)
    upper, middle, lower = talib.BBANDS(c)
    k, d = talib.STOCH(h, l, c)
    return {
        "SMA_5": talib.SMA(c, 5), "SMA_10": talib.SMA(c, 10), "SMA_20": talib.SMA(c, 20),
        "EMA_12": talib.EMA(c, 12), "EMA_26": talib.EMA(c, 26), "WMA": talib.WMA(c), "DEMA": talib.DEMA(c),
        "TEMA": talib.TEMA(c), "KAMA": talib.KAMA(c), "MACD": macd, "MACD_SIGNAL": signal, "MACD_HIST": histogram,
        "RSI": talib.RSI(c), "BBANDS_UPPER": upper, "BBANDS_MIDDLE": middle, "BBANDS_LOWER": lower,
        "STOCH_K": k, "STOCH_D": d, "CCI": talib.CCI(h, l, c), "WILLR": talib.WILLR(h, l, c), "ROC": talib.ROC(c),
        "MOM": talib.MOM(c), "ATR": talib.ATR(h, l, c), "ADX": talib.ADX(h, l, c), "PLUS_DI": talib.PLUS_DI(h, l, c),
        "MINUS_DI": talib.MINUS_DI(h, l, c), "AROONOSC": talib.AROONOSC(h, l), "OBV": talib.OBV(c, v),
        "ADOSC": talib.ADOSC(h, l, c, v), "MFI": talib.MFI(h, l, c, v), "TRIX": talib.TRIX(c),
        "ULTOSC": talib.ULTOSC(h, l, c),
    }


def numbers(values, digits=13):
    return [None if math.isnan(x) else float(f"{x:.{digits}g}") for x in values]


def main():
    cases = {}
    for name, bars in series().items():
        exact = {field: np.array([math.nan if x is None else x for x in numbers(values, 17)])
                 for field, values in bars.items()}
        cases[name] = {"inputs": {field: numbers(values, 17) for field, values in exact.items()},
                       "outputs": {column: numbers(values) for column, values in outputs(exact).items()}}
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    document = {"source": f"TA-Lib {talib.__ta_version__.decode().split()[0]}, bench/peers/talib_vectors.py",
                "cases": cases}
    OUTPUT.write_text(json.dumps(document, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
