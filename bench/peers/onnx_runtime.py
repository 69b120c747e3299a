"""Loads model.onnx files with Python's onnx and onnxruntime, as a user of the model would: onnx_runtime.py MODEL...

Checks each with onnx.checker and shape inference, prints what it says of itself, and runs it. Beside MODEL.onnx a
MODEL.json of `node bench/onnx-peer.mjs FOLDER` has raw feature windows and candlenet's probabilities: the script goes
from the one to the other by the snippet of docs/engine.md, which knows the metadata alone, and fails unless they agree
within 1e-5.
"""

import json
import pathlib
import re
import sys

import numpy as np
import onnx
import onnxruntime as ort

TOLERANCE = 1e-5


def documented_forecast():
    """`forecast(path, raw)` as docs/engine.md gives it to a reader: what is printed there is what is proved here."""
    page = pathlib.Path(__file__).parents[2] / "docs" / "engine.md"
    code = re.search(r"^```python\n(.*?)^```", page.read_text(encoding="utf8"), re.M | re.S)[1]
    names = {}
    exec(compile(code, str(page), "exec"), names)
    return names["forecast"]


def check(path):
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    standard = {(node.domain, node.op_type) for node in model.graph.node}
    foreign = [op for domain, op in standard if domain not in ("", "ai.onnx")]
    if foreign:
        raise SystemExit(f"{path}: operators outside the ONNX standard: {foreign}")

    session = ort.InferenceSession(path, providers=["CPUExecutionProvider"])
    meta = {k.removeprefix("candlenet."): json.loads(v) for k, v in session.get_modelmeta().custom_metadata_map.items()}
    (x,), (y,) = session.get_inputs(), session.get_outputs()
    print(f"{path}: onnx {onnx.__version__} checks it, onnxruntime {ort.__version__} loads it")
    print(f"  IR {model.ir_version}, opset {model.opset_import[0].version}, {len(model.graph.node)} nodes")
    print(f"  {x.name} {x.type} {x.shape} -> {y.name} {y.type} {y.shape}")
    print(f"  {meta['modelName']}, window {meta['window']}, {len(meta['features'])} features, classes {meta['classes']}")
    if x.shape != ["batch", meta["window"], len(meta["features"])] or y.shape != ["batch", len(meta["classes"])]:
        raise SystemExit(f"{path}: the shapes are not those of the metadata")
    if not len(meta["scaler"]["mean"]) == len(meta["scaler"]["std"]) == len(meta["features"]):
        raise SystemExit(f"{path}: the scaler does not fit the features")

    vectors = pathlib.Path(path).with_suffix(".json")
    if not vectors.exists():
        noise = np.random.default_rng(1).standard_normal((3, *x.shape[1:]), dtype=np.float32)
        probabilities = session.run([y.name], {x.name: noise})[0]
        print(f"  on three samples of noise: sums {probabilities.sum(axis=1)}")
        return
    known = json.loads(vectors.read_text())
    raw = np.array(known["raw"], np.float32).reshape(known["shape"])
    expected = np.array(known["probabilities"], np.float32).reshape(len(raw), -1)
    forecast = documented_forecast()
    z = (raw.astype(np.float64) - meta["scaler"]["mean"]) / meta["scaler"]["std"]
    clipped = np.mean(np.abs(z) > meta["scaler"]["clip"])
    for batch in (len(raw), 7, 1):
        parts = [forecast(path, raw[i : i + batch]) for i in range(0, len(raw), batch)]
        apart = float(np.abs(np.concatenate(parts) - expected).max())
        print(f"  batch {batch}: {len(raw)} samples, {clipped:.1%} of the values clipped, largest difference {apart:.1e}")
        if not apart <= TOLERANCE:
            raise SystemExit(f"{path}: probabilities differ from candlenet's by {apart:.1e}, more than {TOLERANCE}")
    print(f"  candlenet's forecasts vary by {float(np.ptp(expected, axis=0).max()):.3f}")


if len(sys.argv) < 2:
    raise SystemExit(__doc__)
for argument in sys.argv[1:]:
    check(argument)
