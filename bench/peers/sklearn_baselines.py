"""scikit-learn's side of bench/baselines.mjs: fits a baseline for each line `MODEL SEED` and answers with one line of JSON."""

import importlib.metadata
import importlib.util
import json
import os
import resource
import sys
import time
import warnings

import numpy as np
import sklearn
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.kernel_approximation import RBFSampler
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC

warnings.simplefilter("ignore")
path, train, test, width, classes, workers = sys.argv[1], *map(int, sys.argv[2:7])
raw = np.fromfile(path, dtype=np.uint8)
labels = raw[: train + test]
values = raw[train + test :].view(np.float32).reshape(train + test, width)
x, y, x_test, y_test = values[:train], labels[:train], values[train:], labels[train:]


def forest(seed):
    return RandomForestClassifier(n_estimators=100, n_jobs=workers, random_state=seed).fit(x, y).predict_proba


def boosting(seed):
    model = HistGradientBoostingClassifier(max_iter=100, early_stopping=False, random_state=seed)
    return model.fit(x, y).predict_proba


def lightgbm(seed):
    from lightgbm import LGBMClassifier

    model = LGBMClassifier(n_estimators=100, n_jobs=workers, random_state=seed, verbose=-1)
    return model.fit(x, y).predict_proba


def calibrated(machine):
    """Fitted on nine tenths, its decision values turned to probabilities on the last, as the other side does."""
    kept = int(0.9 * train)
    machine.fit(x[:kept], y[:kept])
    calibration = LogisticRegression().fit(machine.decision_function(x[kept:]), y[kept:])
    return lambda samples: calibration.predict_proba(machine.decision_function(samples))


def svm(seed):
    features = RBFSampler(gamma=1 / width, n_components=500, random_state=seed)
    return calibrated(make_pipeline(StandardScaler(), features, LinearSVC(dual=True, tol=1e-3, max_iter=200)))


def logistic(seed):
    return make_pipeline(StandardScaler(), LogisticRegression(max_iter=200)).fit(x, y).predict_proba


FITS = {"forest": forest, "boosting": boosting, "lightgbm": lightgbm, "svm": svm, "logistic": logistic}

names = dict.fromkeys(FITS, f"scikit-learn {sklearn.__version__}")
names["lightgbm"] = None
if importlib.util.find_spec("lightgbm") is not None:
    names["lightgbm"] = f"LightGBM {importlib.metadata.version('lightgbm')}"
print(json.dumps({"names": names}), flush=True)
for line in sys.stdin:
    model, seed = line.split()
    began = time.perf_counter()
    predict = FITS[model](int(seed))
    fitted = time.perf_counter()
    probabilities = predict(x_test)
    ended = time.perf_counter()
    answer = {
        "fitSeconds": fitted - began,
        "predictSeconds": ended - fitted,
        "accuracy": float((probabilities.argmax(axis=1) == y_test).mean()),
        "logLoss": float(log_loss(y_test, np.clip(probabilities, 1e-15, 1), labels=range(classes))),
        "peakMemoryBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }
    print(json.dumps(answer), flush=True)
