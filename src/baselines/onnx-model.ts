import { type ModelMetadata, ModelWriter, metadataProps } from '../onnx/index.js';
import type { LogisticModel } from './logistic.js';
import type { RidgeModel } from './ridge.js';
import type { SvmModel } from './svm/svm.js';
import type { BoostingModel } from './trees/boosting.js';
import type { TreeEnsemble } from './trees/ensemble.js';

/** TensorProto.DataType */
const FLOAT32 = 1;
const FLOAT64 = 11;

/** Samples of a batch are left open. */
const BATCH = 'batch';

/**
 * The input every deployed model has, `x` float32 [batch × window × features], and from it the window's summary float32
 * [batch × 4 · features] as `summarise` has it: in double precision, so that a tree's thresholds see the same bits.
 */
function writeSummary(writer: ModelWriter, { window, features }: ModelMetadata): string {
  const centre = (window - 1) / 2;
  const timeSquares = (window * (window * window - 1)) / 12;
  const time = Array.from({ length: window }, (_, t) => (window > 1 ? (t - centre) / timeSquares : 0));
  const cast = (type: number) => ({ to: { int: type } });
  const keep = { axes: { ints: [1] }, keepdims: { int: 0 } };
  writer.input('x', 'float32', [BATCH, window, features.length]);
  writer.node('Cast', ['x'], ['days'], cast(FLOAT64));
  writer.node('Gather', ['days', writer.constant('int64', [], [window - 1])], ['last'], { axis: { int: 1 } });
  writer.node('Unsqueeze', ['last', writer.ints([1])], ['lastDay']);
  writer.node('Sub', ['days', 'lastDay'], ['deviation']);
  writer.node('ReduceMean', ['deviation'], ['shift'], keep);
  writer.node('Add', ['last', 'shift'], ['mean']);
  writer.node('Mul', ['deviation', 'deviation'], ['squares']);
  writer.node('ReduceMean', ['squares'], ['meanSquare'], keep);
  writer.node('Mul', ['shift', 'shift'], ['shiftSquare']);
  writer.node('Sub', ['meanSquare', 'shiftSquare'], ['difference']);
  writer.node('Max', ['difference', writer.constant('float64', [], [0])], ['variance']);
  writer.node('Sqrt', ['variance'], ['std']);
  writer.node('Mul', ['deviation', writer.constant('float64', [window, 1], time)], ['moments']);
  writer.node('ReduceSum', ['moments', writer.ints([1])], ['slope'], { keepdims: { int: 0 } });
  writer.node('Concat', ['last', 'mean', 'std', 'slope'], ['exact'], { axis: { int: 1 } });
  writer.node('Cast', ['exact'], ['summary'], cast(FLOAT32));
  return 'summary';
}

function finish(writer: ModelWriter, metadata: ModelMetadata): Uint8Array {
  if (metadata.target) writer.output('forecast', 'float32', [BATCH, 1]);
  else writer.output('probabilities', 'float32', [BATCH, metadata.classes.length]);
  return writer.finish(metadata.modelName, metadataProps(metadata));
}

/**
 * A logistic regression as an ONNX model with the inputs and outputs of a network: `x` [batch × window × features] →
 * `probabilities` [batch × classes].
 */
export function logisticOnnx(model: LogisticModel, metadata: ModelMetadata): Uint8Array {
  const writer = new ModelWriter();
  const summary = writeSummary(writer, metadata);
  // Raw features can be far from zero: the products are summed in double precision, as the fit has them.
  writer.node('Cast', [summary], ['z'], { to: { int: FLOAT64 } });
  writer.initializer('coefficients', 'float64', [model.classes, model.width], model.coefficients);
  writer.initializer('intercepts', 'float64', [model.classes], model.intercepts);
  writer.node('Gemm', ['z', 'coefficients', 'intercepts'], ['logits'], { transB: { int: 1 } });
  writer.node('Softmax', ['logits'], ['shares'], { axis: { int: 1 } });
  writer.node('Cast', ['shares'], ['probabilities'], { to: { int: FLOAT32 } });
  return finish(writer, metadata);
}

/** A ridge regression likewise: `x` → `forecast` [batch × 1]. The metadata must have a `target`. */
export function ridgeOnnx({ coefficients, intercept }: RidgeModel, metadata: ModelMetadata): Uint8Array {
  const writer = new ModelWriter();
  writer.node('Cast', [writeSummary(writer, metadata)], ['z'], { to: { int: FLOAT64 } });
  writer.initializer('coefficients', 'float64', [1, coefficients.length], coefficients);
  writer.initializer('intercept', 'float64', [1], Float64Array.of(intercept));
  writer.node('Gemm', ['z', 'coefficients', 'intercept'], ['exactForecast'], { transB: { int: 1 } });
  writer.node('Cast', ['exactForecast'], ['forecast'], { to: { int: FLOAT32 } });
  return finish(writer, metadata);
}

/** The same of a random forest: the mean of its trees' leaves. */
export function forestOnnx(forest: TreeEnsemble, metadata: ModelMetadata): Uint8Array {
  const writer = new ModelWriter();
  writeTrees(writer, forest, writeSummary(writer, metadata), 'probabilities', { aggregate: 'AVERAGE' });
  return finish(writer, metadata);
}

/** The same of gradient boosting: the softmax of what its trees add up to. */
export function boostingOnnx({ trees, base, classes }: BoostingModel, metadata: ModelMetadata): Uint8Array {
  const writer = new ModelWriter();
  const how = { aggregate: 'SUM', base: Array.from(base) } as const;
  writeTrees(writer, trees, writeSummary(writer, metadata), 'logits', how);
  // The softmax of ∓ half the log-odds is the logistic function of them.
  const halves = classes === 2 ? writer.constant('float32', [1, 2], [-0.5, 0.5]) : null;
  if (halves !== null) writer.node('Mul', ['logits', halves], ['twoLogits']);
  writer.node('Softmax', [halves === null ? 'logits' : 'twoLogits'], ['probabilities'], { axis: { int: 1 } });
  return finish(writer, metadata);
}

/** The same of a support vector machine, with its kernel map and calibration, in double precision. */
export function svmOnnx(model: SvmModel, metadata: ModelMetadata): Uint8Array {
  const { classes, standardisation, weights, intercepts, calibration } = model;
  const width = standardisation.mean.length;
  const writer = new ModelWriter();
  const double = (name: string, shape: readonly number[], values: ArrayLike<number>) => {
    writer.initializer(name, 'float64', shape, values);
    return name;
  };
  writer.node('Cast', [writeSummary(writer, metadata)], ['raw'], { to: { int: FLOAT64 } });
  writer.node('Sub', ['raw', double('columnMeans', [width], standardisation.mean)], ['centred']);
  writer.node('Mul', ['centred', double('columnScales', [width], standardisation.inverseDeviation)], ['scaled']);
  // Samples are mapped in single precision.
  writer.node('Cast', ['scaled'], ['single'], { to: { int: FLOAT32 } });
  writer.node('Cast', ['single'], ['z'], { to: { int: FLOAT64 } });
  const mapped = writeKernelMap(writer, model, double);
  const size = weights.length / classes;
  const linear = { transB: { int: 1 } };
  double('weights', [classes, size], weights);
  double('offsets', [classes], intercepts);
  writer.node('Gemm', [mapped, 'weights', 'offsets'], ['decisions'], linear);
  double('slopes', [classes, classes], calibration.coefficients);
  double('bias', [classes], calibration.intercepts);
  writer.node('Gemm', ['decisions', 'slopes', 'bias'], ['logits'], linear);
  writer.node('Softmax', ['logits'], ['shares'], { axis: { int: 1 } });
  writer.node('Cast', ['shares'], ['probabilities'], { to: { int: FLOAT32 } });
  return finish(writer, metadata);
}

function writeKernelMap(
  writer: ModelWriter,
  { map, standardisation }: SvmModel,
  double: (name: string, shape: readonly number[], values: ArrayLike<number>) => string,
): string {
  const width = standardisation.mean.length;
  if (map.kind === 'linear') return 'z';
  const scalar = (value: number) => writer.constant('float64', [], [value]);
  if (map.kind === 'fourier') {
    const components = map.phases.length;
    double('directions', [width, components], map.directions);
    writer.node('Gemm', ['z', 'directions', double('phases', [components], map.phases)], ['angles']);
    writer.node('Cos', ['angles'], ['waves']);
    writer.node('Mul', ['waves', scalar(Math.sqrt(2 / components))], ['mapped']);
    return 'mapped';
  }
  // ‖x − v‖² = ‖x‖² + ‖v‖² − 2 x·v
  const count = map.vectors.length / width;
  const squares = Array.from({ length: count }, (_, v) =>
    map.vectors.subarray(v * width, (v + 1) * width).reduce((sum, value) => sum + value * value, 0),
  );
  writer.node('Mul', ['z', 'z'], ['zSquares']);
  writer.node('ReduceSum', ['zSquares', writer.ints([1])], ['norms'], { keepdims: { int: 1 } });
  double('vectors', [count, width], map.vectors);
  double('vectorNorms', [count], squares);
  writer.node('Gemm', ['z', 'vectors', 'vectorNorms'], ['partial'], { transB: { int: 1 }, alpha: { float: -2 } });
  writer.node('Add', ['partial', 'norms'], ['distances']);
  writer.node('Mul', ['distances', scalar(-map.gamma)], ['exponents']);
  writer.node('Exp', ['exponents'], ['mapped']);
  return 'mapped';
}

interface TreeOutput {
  readonly aggregate: 'SUM' | 'AVERAGE';
  /** Added to each output. */
  readonly base?: readonly number[];
}

/** ONNX's TreeEnsembleRegressor, an output a class. */
function writeTrees(writer: ModelWriter, trees: TreeEnsemble, input: string, output: string, how: TreeOutput): void {
  const { feature, threshold, next, roots, values, valuesPerLeaf, outputs } = trees;
  const nodes = feature.length;
  const tree = new Int32Array(nodes);
  const id = new Int32Array(nodes);
  const yes = new Int32Array(nodes);
  const no = new Int32Array(nodes);
  const mode = new Array<string>(nodes);
  const leaves: number[] = [];
  roots.forEach((root, t) => {
    const end = t + 1 < roots.length ? roots[t + 1] : nodes;
    for (let node = root; node < end; node++) {
      const leaf = feature[node] < 0;
      tree[node] = t;
      id[node] = node - root;
      yes[node] = leaf ? 0 : node + 1 - root;
      no[node] = leaf ? 0 : next[node] - root;
      mode[node] = leaf ? 'LEAF' : 'BRANCH_LEQ';
      if (leaf) leaves.push(node);
    }
  });
  const each = <T>(of: (leaf: number, k: number) => T): T[] =>
    leaves.flatMap((leaf) => Array.from({ length: valuesPerLeaf }, (_, k) => of(leaf, k)));
  writer.classicalNode('TreeEnsembleRegressor', [input], [output], {
    n_targets: { int: outputs },
    aggregate_function: { string: how.aggregate },
    ...(how.base === undefined ? {} : { base_values: { floats: how.base } }),
    nodes_treeids: { ints: tree },
    nodes_nodeids: { ints: id },
    nodes_featureids: { ints: feature.map((f) => Math.max(0, f)) },
    nodes_values: { floats: threshold },
    nodes_modes: { strings: mode },
    nodes_truenodeids: { ints: yes },
    nodes_falsenodeids: { ints: no },
    target_treeids: { ints: each((leaf) => tree[leaf]) },
    target_nodeids: { ints: each((leaf) => id[leaf]) },
    target_ids: { ints: each((leaf, k) => (valuesPerLeaf === 1 ? tree[leaf] % outputs : k)) },
    target_weights: { floats: each((leaf, k) => values[next[leaf] + k]) },
  });
}
