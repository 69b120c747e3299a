import type { Op, TensorOf } from '../tensor/index.js';
import { ELEMENT_CODE, type ModelWriter } from './model-writer.js';
import { inferredShape } from './open-batch.js';

/** What a rule may ask of the model being written. */
type Emitter = Pick<ModelWriter, 'node' | 'ints'>;

/** Writes `node` as ONNX operators of opset 17 that read `inputs` and give `output`. */
export type LoweringRule<P extends Op = Op> = (
  emit: Emitter,
  node: TensorOf<P>,
  inputs: readonly string[],
  output: string,
) => void;

const as =
  <P extends Op>(opType: string): LoweringRule<P> =>
  (emit, _, inputs, output) =>
    emit.node(opType, inputs, [output]);

const overLastAxis =
  <P extends 'softmax' | 'logSoftmax'>(opType: string): LoweringRule<P> =>
  (emit, _, inputs, output) =>
    emit.node(opType, inputs, [output], { axis: { int: -1 } });

const flag = (value: boolean) => ({ int: value ? 1 : 0 });

/** The last two axes swapped, for products of more than two axes: Gemm alone transposes for free. */
function swapped(emit: Emitter, input: string, rank: number, output: string): string {
  const permutation = Array.from({ length: rank }, (_, axis) => axis);
  permutation.splice(-2, 2, rank - 1, rank - 2);
  emit.node('Transpose', [input], [output], { perm: { ints: permutation } });
  return output;
}

export const LOWERING_RULES: { readonly [P in Exclude<Op, 'input' | 'constant'>]: LoweringRule<P> } = {
  neg: as('Neg'),
  exp: as('Exp'),
  log: as('Log'),
  sqrt: as('Sqrt'),
  sigmoid: as('Sigmoid'),
  tanh: as('Tanh'),
  relu: as('Relu'),
  stopGradient: as('Identity'),
  custom: (emit, _, [value], output) => emit.node('Identity', [value], [output]),
  add: as('Add'),
  sub: as('Sub'),
  mul: as('Mul'),
  div: as('Div'),
  max: as('Max'),
  greater: as('Greater'),
  indicator: (emit, { attributes: { dtype } }, inputs, output) =>
    emit.node('Cast', inputs, [output], { to: { int: ELEMENT_CODE[dtype] } }),
  where: as('Where'),
  matmul: (emit, { attributes: { transA, transB }, shape }, [a, b], output) => {
    const rank = shape.length;
    if (rank === 2 && (transA || transB)) {
      emit.node('Gemm', [a, b], [output], { transA: flag(transA), transB: flag(transB) });
      return;
    }
    const left = transA ? swapped(emit, a, rank, `${output}_a`) : a;
    const right = transB ? swapped(emit, b, rank, `${output}_b`) : b;
    emit.node('MatMul', [left, right], [output]);
  },
  reshape: (emit, { attributes: { shape } }, [x], output) =>
    emit.node('Reshape', [x, emit.ints(inferredShape(shape))], [output]),
  transpose: (emit, { attributes: { permutation } }, inputs, output) =>
    emit.node('Transpose', inputs, [output], { perm: { ints: permutation } }),
  concat: (emit, { attributes: { axis } }, inputs, output) =>
    emit.node('Concat', inputs, [output], { axis: { int: axis } }),
  slice: (emit, { attributes: { axis, start, length } }, [x], output) =>
    emit.node('Slice', [x, emit.ints([start]), emit.ints([start + length]), emit.ints([axis])], [output]),
  pad: (emit, { attributes: { axis, before, after }, shape }, [x], output) => {
    const at = (amount: number) => shape.map((_, i) => (i === axis ? amount : 0));
    emit.node('Pad', [x, emit.ints([...at(before), ...at(after)])], [output]);
  },
  broadcastTo: (emit, { attributes: { shape } }, [x], output) => emit.node('Expand', [x, emit.ints(shape)], [output]),
  takeRows: (emit, { inputs: [{ shape }], attributes: { rows } }, [x], output) => {
    const [count] = shape;
    const complete = rows.every((row) => row >= 0);
    const source = complete ? x : `${output}_rows`;
    if (!complete) emit.node('Pad', [x, emit.ints([0, 0, 1, 0])], [source]);
    emit.node('Gather', [source, emit.ints(rows.map((row) => (row < 0 ? count : row)))], [output], {
      axis: { int: 0 },
    });
  },
  reduceSum: (emit, { attributes: { axes, keepDims } }, [x], output) =>
    emit.node('ReduceSum', [x, emit.ints(axes)], [output], { keepdims: flag(keepDims) }),
  reduceMax: (emit, { attributes: { axes, keepDims } }, inputs, output) =>
    emit.node('ReduceMax', inputs, [output], { axes: { ints: axes }, keepdims: flag(keepDims) }),
  softmax: overLastAxis('Softmax'),
  logSoftmax: overLastAxis('LogSoftmax'),

  conv1d: (emit, { inputs: [, kernel] }, inputs, output) => {
    const width = kernel.shape[2];
    const before = Math.floor((width - 1) / 2);
    emit.node('Conv', inputs, [output], {
      kernel_shape: { ints: [width] },
      pads: { ints: [before, width - 1 - before] },
    });
  },
  batchNorm: (emit, { attributes: { epsilon } }, inputs, output) =>
    emit.node('BatchNormalization', inputs, [output], { epsilon: { float: epsilon } }),
  maxPool: (emit, { attributes: { size } }, inputs, output) =>
    emit.node('MaxPool', inputs, [output], { kernel_shape: { ints: [size] }, strides: { ints: [size] } }),
  lstm: (emit, { attributes: { hidden } }, inputs, output) =>
    emit.node('LSTM', inputs, ['', output], { hidden_size: { int: hidden } }),
};
