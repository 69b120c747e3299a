"""Qlib's time for factors of its Alpha158, from its binary files to a data frame, without its disk caches and on one process:

    python bench/peers/qlib_factors.py FOLDER FACTOR [FACTOR …]

FOLDER is in Qlib's layout. Prints one line of JSON when ready and one, {"seconds": …}, for each line it is given.
bench/work/qlib-factors.mjs talks to it.
"""

import json
import logging
import sys
import time

import qlib
from qlib.contrib.data.loader import Alpha158DL
from qlib.data import D
from qlib.data.cache import H


def main(folder, names):
    qlib.init(provider_uri=folder, kernels=1, expression_cache=None, dataset_cache=None, logging_level=logging.ERROR)
    formulas = dict(zip(*reversed(Alpha158DL.get_feature_config())))
    fields = [formulas[name] for name in names]
    print(json.dumps({"name": f"Qlib {qlib.__version__}"}), flush=True)
    for _ in sys.stdin:
        H.clear()
        start = time.perf_counter()
        frame = D.features(D.instruments("all"), fields, freq="day", disk_cache=0)
        print(json.dumps({"seconds": time.perf_counter() - start, "rows": len(frame)}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
