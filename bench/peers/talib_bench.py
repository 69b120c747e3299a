"""TA-Lib's C library beside our indicators: bench/features.mjs starts it as `talib_bench.py FILE FROM TO BARS` and gives it
commands, one a line. FILE holds [series x (high, low, close, volume) x bars], float64, of which FROM … TO are computed.
"""

import json
import sys
import time

import numpy as np
import talib

from talib_vectors import outputs


def main():
    path, first, end, bars = sys.argv[1], *map(int, sys.argv[2:])
    data = np.fromfile(path).reshape(-1, 4, bars)[first:end]
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
