"""Reference vectors of all functions of src/indicators/functions, computed by TA-Lib's Python package.

    pip install TA-Lib numpy && python bench/peers/talib_functions.py

writes src/indicators/functions/vectors/talib.json: for each series and each call the first defined bar of every output and
its values at some bars, with 13 significant digits. `--every 1 --output FILE` writes all bars, to look closer.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import talib
from talib import abstract

from talib_vectors import market, numbers

OUTPUT = Path(__file__).resolve().parents[2] / "src" / "indicators" / "functions" / "vectors" / "talib.json"
FIELDS = ("open", "high", "low", "close", "volume")

NAMES = """ACCBANDS BBANDS DEMA EMA HT_TRENDLINE KAMA MA MAMA MIDPOINT MIDPRICE SAR SAREXT SMA T3 TEMA TRIMA WMA
ADX ADXR APO AROON AROONOSC BOP CCI CMO DX IMI MACD MACDEXT MACDFIX MFI MINUS_DI MINUS_DM MOM PLUS_DI PLUS_DM PPO ROC ROCP
ROCR ROCR100 RSI STOCH STOCHF STOCHRSI TRIX ULTOSC WILLR AD ADOSC OBV ATR NATR TRANGE AVGPRICE MEDPRICE TYPPRICE WCLPRICE
HT_DCPERIOD HT_DCPHASE HT_PHASOR HT_SINE HT_TRENDMODE BETA CORREL LINEARREG LINEARREG_ANGLE LINEARREG_INTERCEPT
LINEARREG_SLOPE STDDEV TSF VAR MAX MAXINDEX MIN MININDEX MINMAX MINMAXINDEX SUM""".split()

OTHERS = [
    *[("MA", {"timeperiod": 7, "matype": kind}) for kind in range(9)],
    ("MA", {"timeperiod": 1, "matype": 3}),
    *[("BBANDS", {"timeperiod": 9, "nbdevup": 1.5, "nbdevdn": 2.5, "matype": kind}) for kind in (1, 3, 6)],
    ("TRIMA", {"timeperiod": 9}), ("TRIMA", {"timeperiod": 2}), ("KAMA", {"timeperiod": 5}), ("T3", {"vfactor": 0.3}),
    ("MAMA", {"fastlimit": 0.8, "slowlimit": 0.1}), ("SAR", {"acceleration": 0.3, "maximum": 0.2}),
    ("SAREXT", {"startvalue": -25.0, "offsetonreverse": 0.01, "accelerationlong": 0.03, "accelerationmaxshort": 0.1}),
    ("SAREXT", {"startvalue": 15.0, "accelerationinitlong": 0.05, "accelerationshort": 0.04}),
    ("ADX", {"timeperiod": 5}), ("ADXR", {"timeperiod": 7}), ("DX", {"timeperiod": 2}), ("PLUS_DM", {"timeperiod": 3}),
    *[(name, {"fastperiod": 5, "slowperiod": 9, "matype": kind}) for name in ("APO", "PPO") for kind in (0, 2, 4)],
    ("APO", {"fastperiod": 9, "slowperiod": 5, "matype": 1}), ("AROON", {"timeperiod": 3}), ("CCI", {"timeperiod": 3}),
    ("CMO", {"timeperiod": 3}), ("RSI", {"timeperiod": 2}), ("IMI", {"timeperiod": 3}), ("MFI", {"timeperiod": 4}),
    ("MACD", {"fastperiod": 9, "slowperiod": 5, "signalperiod": 3}),
    ("MACD", {"fastperiod": 3, "slowperiod": 6, "signalperiod": 1}), ("MACDFIX", {"signalperiod": 4}),
    *[("MACDEXT", {"fastperiod": 4, "fastmatype": fast, "slowperiod": 7, "slowmatype": slow, "signalperiod": 3,
                   "signalmatype": signal}) for fast, slow, signal in ((1, 1, 1), (4, 1, 0), (2, 3, 5), (6, 0, 2))],
    ("STOCH", {"fastk_period": 9, "slowk_period": 4, "slowk_matype": 1, "slowd_period": 2, "slowd_matype": 2}),
    ("STOCH", {"fastk_period": 1, "slowk_period": 1, "slowd_period": 1}),
    ("STOCHF", {"fastk_period": 8, "fastd_period": 4, "fastd_matype": 3}),
    ("STOCHRSI", {"timeperiod": 9, "fastk_period": 6, "fastd_period": 2, "fastd_matype": 1}),
    ("TRIX", {"timeperiod": 4}), ("ULTOSC", {"timeperiod1": 9, "timeperiod2": 3, "timeperiod3": 5}),
    ("ADOSC", {"fastperiod": 12, "slowperiod": 4}), ("ATR", {"timeperiod": 1}), ("NATR", {"timeperiod": 4}),
    ("BETA", {"timeperiod": 11}), ("CORREL", {"timeperiod": 4}), ("LINEARREG", {"timeperiod": 2}),
    ("STDDEV", {"timeperiod": 20, "nbdev": 2.0}), ("VAR", {"timeperiod": 20}), ("VAR", {"timeperiod": 1}),
    ("MINMAX", {"timeperiod": 4}), ("MAXINDEX", {"timeperiod": 4}), ("MININDEX", {"timeperiod": 4}),
]

UNSTABLE = ["ADX", "ATR", "CMO", "DX", "EMA", "HT_DCPERIOD", "HT_SINE", "KAMA", "MAMA", "MINUS_DI", "MINUS_DM", "NATR",
            "PLUS_DI", "PLUS_DM", "RSI", "T3", "HT_TRENDLINE", "HT_TRENDMODE", "HT_DCPHASE", "HT_PHASOR"]


def quoted(rng, bars, **options):
    """The random walk of talib_vectors, with an open."""
    series = market(rng, bars, **options)
    share = rng.uniform(size=bars)
    return {"open": np.round(series["low"] + share * (series["high"] - series["low"]), 2), **series}


def scaled(series, factor):
    return {name: values if name == "volume" else values * factor for name, values in series.items()}


def series():
    rng = np.random.default_rng(20200323)
    normal = quoted(rng, 150)
    constant = {name: np.full(110, 250_000.0 if name == "volume" else 1234.56) for name in FIELDS}
    zero_volume = {**quoted(rng, 60), "volume": np.zeros(60)}
    extremes = quoted(rng, 130, volatility=0.04)
    for at, factor in ((31, 1e3), (70, 1e-2), (71, 1e-2), (95, 1e4)):
        for name in FIELDS[:4]:
            extremes[name][at] *= factor
    extremes["volume"][[40, 80]] = [1e12, 1.0]
    gap = quoted(rng, 120)
    for name, values in gap.items():
        values[: 8 if name == "close" else 5] = np.nan
    jump = {name: np.where(np.arange(130) < 75, 10.0, 14.0) for name in FIELDS[:4]}
    jump["high"] = jump["high"] + np.where(np.arange(130) > 80, 0.5, 0.0)
    jump["volume"] = np.full(130, 1000.0)
    ties = {name: values.copy() for name, values in quoted(rng, 120, volatility=0.001, level=3.0).items()}
    return {"normal": normal, "constant": constant, "zero volume": zero_volume, "three bars": quoted(rng, 3),
            "extremes": extremes, "leading gap": gap, "flat, then a jump": jump, "ties": ties,
            "prices of 1e-9": scaled(quoted(rng, 90), 1e-10), "prices of 1e12": scaled(quoted(rng, 90), 1e11)}


def call(name, parameters, bars):
    function = abstract.Function(name)
    defaults = dict(function.info["parameters"])
    # abstract.Function reads high and low for the two series of BETA and CORREL, the close where one is asked for.
    function.parameters = {**defaults, **parameters}
    outputs = function({field: bars[field] for field in FIELDS})
    outputs = outputs if isinstance(outputs, (list, tuple)) else [outputs]
    begin = int(np.argmax(~np.isnan(bars["close"]))) + function.lookback
    # Whole numbers have no NaN: TA-Lib's package fills the warm-up with 0.
    return [undefined_before(x, begin) if np.issubdtype(x.dtype, np.integer) else x for x in outputs]


def undefined_before(values, begin):
    values = values.astype(float)
    values[:begin] = np.nan
    return values


def comparable(title, name):
    """Not: the phase of a price that does not move, which is rounding residue of the sines; and the places of extremes
    behind a leading gap, which TA-Lib's package counts from the gap's beginning and we from its end."""
    if title in ("constant", "flat, then a jump") and name in ("HT_DCPHASE", "HT_SINE", "HT_TRENDMODE"):
        return False
    return not (title == "leading gap" and name.endswith("INDEX"))


def shown(values, every):
    values = np.asarray(values, dtype=float)
    defined = np.flatnonzero(~np.isnan(values))
    if defined.size == 0:
        return {"first": None, "at": [], "values": []}
    first = int(defined[0])
    at = sorted({*range(first, len(values), every), first, min(first + 1, len(values) - 1), len(values) - 1})
    return {"first": first, "at": at, "values": numbers(values[at])}


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--every", type=int, default=23)
    options.add_argument("--output", type=Path, default=OUTPUT)
    chosen = options.parse_args()
    cases = {}
    for title, bars in series().items():
        exact = {field: np.array([float(f"{x:.17g}") for x in values]) for field, values in bars.items()}
        calls = []
        for name, parameters in [*[(name, {}) for name in NAMES], *OTHERS]:
            # All series for the defaults; the other parameters on three of them.
            if parameters and title not in ("normal", "extremes", "leading gap"):
                continue
            if not comparable(title, name):
                continue
            outputs = call(name, parameters, exact)
            calls.append({"name": name, "parameters": parameters, "outputs": [shown(x, chosen.every) for x in outputs]})
        if title == "normal":
            for name in UNSTABLE:
                talib.set_unstable_period(name, 20)
                outputs = call(name, {}, exact)
                talib.set_unstable_period(name, 0)
                calls.append({"name": name, "parameters": {}, "unstablePeriod": 20,
                              "outputs": [shown(x, chosen.every) for x in outputs]})
        cases[title] = {"inputs": {field: numbers(values, 17) for field, values in exact.items()}, "calls": calls}
    document = {"source": f"TA-Lib {talib.__ta_version__.decode().split()[0]}, bench/peers/talib_functions.py", "cases": cases}
    chosen.output.parent.mkdir(parents=True, exist_ok=True)
    chosen.output.write_text(json.dumps(document, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
