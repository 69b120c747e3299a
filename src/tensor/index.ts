export { withDerivative } from './custom.js';
export {
  add,
  div,
  exp,
  greater,
  indicator,
  log,
  max,
  min,
  mul,
  neg,
  type Operand,
  relu,
  sigmoid,
  sqrt,
  square,
  stopGradient,
  sub,
  tanh,
  where,
} from './elementwise.js';
export { gradients } from './gradients.js';
export { Graph } from './graph.js';
export { broadcastTo, concat, filledLike, pad, reshape, slice, split, takeRows, transpose } from './layout.js';
export { type MatmulOptions, matmul } from './matmul.js';
export type {
  Op,
  Primitive,
  Tensor,
  TensorOf,
} from './primitives.js';
export { print } from './print.js';
export { computing, type Outputs, reachable, readBy, verify } from './program.js';
export { logSoftmax, type ReduceOptions, reduceMax, reduceMean, reduceSum, softmax } from './reductions.js';
export { broadcastable } from './shape-rules.js';
export type { Initializer, ParamSlot, RandomInput, StateSlot } from './slots.js';
export {
  type NormStatistics,
  standardBatchNorm,
  standardConv1d,
  standardLstm,
  standardMaxPool,
} from './standard.js';
export {
  type DType,
  type FloatType,
  type Shape,
  sizeOf,
} from './types.js';
