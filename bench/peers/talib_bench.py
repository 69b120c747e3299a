"""TA-Lib's C library beside our indicators: bench/features.mjs starts it as `talib_bench.py FILE SERIES BARS` and gives it
commands, one a line. FILE holds [series x (high, low, close, volume) x bars], float64.
"""

import json
import sys
import time

import numpy as np
import talib

from talib_vectors import outputs


def main():
    path, series, bars = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    data = np.fromfile(path).reshape(series, 4, bars)
    say = lambda answer: print(json.dumps(answer), flush=True)
    say({"name": f"TA-Lib {talib.__ta_version__.decode().split()[0]} (C)"})
    last = {}
    for line in sys.stdin:
        if line.strip() == "compute":
            begun = time.perf_counter()
            for high, low, close, volume in data:
                last = outputs({"high": high, "low": low, "close": close, "volume": volume})
            say({"seconds": time.perf_counter() - begun})
        else:
            say({"last": {name: values[-1] for name, values in last.items()}})


if __name__ == "__main__":
    main()
