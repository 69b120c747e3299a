"""Reference values for src/evaluation from scikit-learn, scipy and numpy.

Usage: python3 bench/peers/evaluation_vectors.py > src/evaluation/vectors/evaluation.json
"""

import json

import numpy as np
import sklearn
from scipy import stats
from sklearn import metrics

rng = np.random.default_rng(7)
DAYS, STOCKS = 6, 9
n = DAYS * STOCKS
# Rounded to multiples of 1/1024 so that float32 holds them exactly.
probability = np.round(rng.dirichlet([2, 3, 2], n) * 1024) / 1024
probability[:, 2] = 1 - probability[:, 0] - probability[:, 1]
label = rng.choice(3, n, p=[0.3, 0.45, 0.25])
forward = np.round((0.02 * (probability[:, 0] - probability[:, 2]) + rng.normal(0, 0.03, n)) * 4096) / 4096
day = np.repeat(np.arange(DAYS), STOCKS)
# The most probable class; hold wins a tie, then buy.
called = np.array([1, 0, 2])[np.argmax(probability[:, [1, 0, 2]], axis=1)]
precision, recall, f1, _ = metrics.precision_recall_fscore_support(label, called, labels=[0, 1, 2])
score = probability[:, 0] - probability[:, 2]


def by_day(measure):
    return [float(measure(day == d)) for d in range(DAYS)]


def auc(rows):
    judged = rows & (label != 1)
    return metrics.roc_auc_score(label[judged] == 0, score[judged])


returns = np.round(rng.normal(0.0004, 0.012, 50), 6)
print(
    json.dumps(
        {
            "made": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}",
            "probability": probability.tolist(),
            "label": label.tolist(),
            "forward": forward.tolist(),
            "day": day.tolist(),
            "accuracy": metrics.accuracy_score(label, called),
            "precision": precision.tolist(),
            "recall": recall.tolist(),
            "f1": f1.tolist(),
            "macroF1": metrics.f1_score(label, called, average="macro"),
            "mcc": metrics.matthews_corrcoef(label, called),
            "logLoss": metrics.log_loss(label, probability),
            "confusion": metrics.confusion_matrix(label, called).tolist(),
            "ic": by_day(lambda rows: stats.pearsonr(score[rows], forward[rows])[0]),
            "rankIc": by_day(lambda rows: stats.spearmanr(score[rows], forward[rows])[0]),
            "auc": by_day(auc),
            "returns": returns.tolist(),
            "valueAtRisk95": -np.quantile(returns, 0.05),
            "expectedShortfall95": -returns[returns <= np.quantile(returns, 0.05)].mean(),
            "volatility": returns.std(ddof=1) * np.sqrt(252),
            "totalReturn": np.prod(1 + returns) - 1,
        }
    )
)
