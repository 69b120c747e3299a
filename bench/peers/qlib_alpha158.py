"""Reference values of Qlib's Alpha158, computed by Qlib itself on a small synthetic market.

    pip install pyqlib==0.9.7 && python bench/peers/qlib_alpha158.py

writes src/features/expressions/vectors/alpha158.json: the bars (as Qlib stores them: float32, adjusted) and the 158 values
of the days named in `days`. The market has what is awkward: suspensions, a late listing, quotes in ticks (so that
prices tie), a stretch without any change, a day of four equal prices, a split. Numbers carry 9 significant digits, which
is float32 exactly; null is NaN.
"""

import json
import tempfile
from pathlib import Path

import numpy as np
import qlib
from qlib.contrib.data.loader import Alpha158DL
from qlib.data import D

OUTPUT = Path(__file__).resolve().parents[2] / "src" / "features" / "expressions" / "vectors" / "alpha158.json"
DAYS = 130
FIELDS = ("open", "high", "low", "close", "volume", "vwap")


def stock(rng, days, level, volatility, tick=0.01):
    close = np.round(level * np.exp(np.cumsum(rng.normal(0, volatility, days))), 2)
    opening = np.round(np.r_[close[0], close[:-1]] * np.exp(rng.normal(0, volatility / 2, days)), 2)
    high = np.maximum(opening, close) + tick * rng.integers(0, 12, days)
    low = np.minimum(opening, close) - tick * rng.integers(0, 12, days)
    volume = np.round(np.exp(rng.normal(13, 0.6, days)))
    vwap = (high + low + close) / 3
    return {"open": opening, "high": high, "low": low, "close": close, "volume": volume, "vwap": vwap}


def market():
    rng = np.random.default_rng(20070104)
    plain = stock(rng, DAYS, 20, 0.02)
    halted = stock(rng, DAYS, 8, 0.03)
    for name in FIELDS:
        halted[name][[7, 40, 41, 42, 43, 44, 45, 46, 90]] = np.nan
    late = stock(rng, DAYS - 33, 55, 0.025)
    quiet = stock(rng, DAYS, 5, 0.002)
    for name in ("open", "high", "low", "close", "vwap"):
        quiet[name][50:58] = quiet["close"][49]
    quiet["volume"][70] *= 1000
    factor = np.where(np.arange(DAYS) < 60, 1.5, 3.0)
    for name in FIELDS:
        plain[name] = plain[name] / factor if name == "volume" else plain[name] * factor
    return {"SH600001": (0, plain), "SH600002": (0, halted), "SZ000001": (33, late), "SZ000002": (0, quiet)}


def write_folder(folder, stocks):
    days = np.arange(np.datetime64("2010-01-04"), np.datetime64("2011-01-01"))
    days = days[np.is_busday(days)][:DAYS]
    (folder / "calendars").mkdir()
    (folder / "calendars" / "day.txt").write_text("\n".join(map(str, days)) + "\n")
    (folder / "instruments").mkdir()
    lines = [f"{symbol}\t{days[start]}\t{days[-1]}" for symbol, (start, _) in stocks.items()]
    (folder / "instruments" / "all.txt").write_text("\n".join(lines) + "\n")
    for symbol, (start, columns) in stocks.items():
        room = folder / "features" / symbol.lower()
        room.mkdir(parents=True)
        for name in FIELDS:
            np.r_[start, columns[name]].astype("<f4").tofile(room / f"{name}.day.bin")
    return [str(day) for day in days]


def number(value):
    return float(f"{value:.9g}") if np.isfinite(value) else None


def main():
    stocks = market()
    with tempfile.TemporaryDirectory() as name:
        days = write_folder(Path(name), stocks)
        qlib.init(provider_uri=name, region="cn", expression_cache=None, dataset_cache=None, kernels=1, joblib_backend="threading")
        fields, names = Alpha158DL.get_feature_config()
        frame = D.features(list(stocks), fields, days[0], days[-1])
    chosen = sorted({*range(0, 12), *range(12, DAYS, 6), 47, 57, 91, 100, DAYS - 1})
    values = {}
    for symbol in stocks:
        rows = frame.loc[symbol].reindex(np.array(days, dtype="datetime64[ns]"))
        values[symbol] = [[number(x) for x in np.float32(rows.iloc[day].to_numpy())] for day in chosen]
    bars = {symbol: {"first": start, **{name: [number(x) for x in np.float32(columns[name])] for name in FIELDS}}
            for symbol, (start, columns) in stocks.items()}
    OUTPUT.parent.mkdir(exist_ok=True)
    lines = [f'"version": {json.dumps(qlib.__version__)}', f'"names": {json.dumps(names)}', f'"days": {json.dumps(chosen)}',
             f'"bars": {json.dumps(bars, separators=(",", ":"))}', f'"values": {json.dumps(values, separators=(",", ":"))}']
    OUTPUT.write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
