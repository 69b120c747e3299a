"""Counts what is wrong with a Qlib folder, with numpy alone: the figures of src/market/importers/qlib/real-market.test.ts.

usage: python bench/peers/qlib_counts.py FOLDER
"""
import pathlib
import sys

import numpy as np

suspended = missing_volume = breaks = unordered = 0
for folder in sorted(pathlib.Path(sys.argv[1], "features").iterdir()):
    if folder.name == "sh000300":
        continue
    column = {f: np.fromfile(folder / f"{f}.day.bin", "<f4")[1:].astype("f8")
              for f in ("open", "high", "low", "close", "volume", "change")}
    o, h, l, c, volume, change = column.values()
    suspended += np.sum(~(volume > 0))
    missing_volume += np.sum(np.isnan(volume))
    unordered += np.sum((h < l) | (np.maximum(o, c) > h * (1 + 1e-6)) | (np.minimum(o, c) < l * (1 - 1e-6)))
    breaks += np.sum(np.abs(c[1:] / c[:-1] - 1 - change[1:] / 100) > 2e-3)

print(f"days without volume {suspended}, of them NaN {missing_volume}; bars out of order {unordered}; "
      f"returns that contradict the prices {breaks}")
