import type { DType, FloatType, Shape } from './types.js';

type None = Readonly<Record<never, never>>;
interface Takes<Inputs extends readonly Tensor[], Attributes = None> {
  readonly inputs: Inputs;
  readonly attributes: Attributes;
}
type Unary = Takes<readonly [Tensor]>;
type Binary = Takes<readonly [Tensor, Tensor]>;
/** A derivative written by hand: from that of the loss by the value to those by the inputs, in order. */
export interface CustomDerivative {
  readonly name: string;
  readonly of: (g: Tensor) => readonly (Tensor | null)[];
}
interface Axes {
  readonly axes: readonly number[];
  readonly keepDims: boolean;
}

/**
 * The differentiable operations: inputs and attributes of each. Every rule table (shape, derivative, ONNX lowering) is
 * typed over the keys of this interface, so that an operation added here does not compile before it has all three.
 */
interface PrimitiveSignatures {
  neg: Unary;
  exp: Unary;
  log: Unary;
  sqrt: Unary;
  sigmoid: Unary;
  tanh: Unary;
  relu: Unary;
  /** The value itself, with derivative zero. */
  stopGradient: Unary;
  /** The first input's value; the derivatives by the others are those that `derivative` writes down. */
  custom: Takes<readonly [Tensor, ...Tensor[]], { readonly derivative: CustomDerivative }>;
  add: Binary;
  sub: Binary;
  mul: Binary;
  div: Binary;
  /** The larger of two; where they are equal the derivative goes to the first. */
  max: Binary;
  /** a > b, as bool. */
  greater: Binary;
  /** 1 where the input (bool) holds, else 0. */
  indicator: Takes<readonly [Tensor], { readonly dtype: FloatType }>;
  /** Second input where the first (bool) holds, else the third. */
  where: Takes<readonly [Tensor, Tensor, Tensor]>;
  /** Product of the last two axes; leading axes are equal and run in parallel. */
  matmul: Takes<readonly [Tensor, Tensor], { readonly transA: boolean; readonly transB: boolean }>;
  reshape: Takes<readonly [Tensor], { readonly shape: Shape }>;
  transpose: Takes<readonly [Tensor], { readonly permutation: readonly number[] }>;
  concat: Takes<readonly Tensor[], { readonly axis: number }>;
  slice: Takes<readonly [Tensor], { readonly axis: number; readonly start: number; readonly length: number }>;
  /** Zeros before and after, along one axis. */
  pad: Takes<readonly [Tensor], { readonly axis: number; readonly before: number; readonly after: number }>;
  broadcastTo: Takes<readonly [Tensor], { readonly shape: Shape }>;
  /** The rows of x [R,C] by their numbers, in any order and number; −1 is a row of zeros. */
  takeRows: Takes<readonly [Tensor], { readonly rows: readonly number[] }>;
  reduceSum: Takes<readonly [Tensor], Axes>;
  reduceMax: Takes<readonly [Tensor], Axes>;
  /** Over the last axis. */
  softmax: Unary;
  /** Over the last axis. */
  logSoftmax: Unary;
}

/**
 * The standard layers of a deployed model, which other programs know by these names (ONNX operators Conv,
 * BatchNormalization, MaxPool, LSTM). They have no derivative: training graphs are made of primitives.
 */
interface StandardSignatures {
  /** x [B,C,T], kernel [F,C,k], bias [F] or none → [B,F,T]; `same` padding, the odd cell at the end. */
  conv1d: Takes<readonly [Tensor, Tensor] | readonly [Tensor, Tensor, Tensor]>;
  /** x [B,C,T], then scale, shift, running mean, running variance, each [C]. */
  batchNorm: Takes<readonly [Tensor, Tensor, Tensor, Tensor, Tensor], { readonly epsilon: number }>;
  /** x [B,C,T] → [B,C,⌊T/size⌋]. */
  maxPool: Takes<readonly [Tensor], { readonly size: number }>;
  /** x [T,B,C], W [1,4H,C], R [1,4H,H], bias [1,8H] (ONNX's gate order i,o,f,c) → last state [1,B,H]. */
  lstm: Takes<readonly [Tensor, Tensor, Tensor, Tensor], { readonly hidden: number }>;
}

interface LeafSignatures {
  input: Takes<readonly [], { readonly name: string; readonly dtype: FloatType; readonly shape: Shape }>;
  /** A scalar. */
  constant: Takes<readonly [], { readonly value: number; readonly dtype: FloatType }>;
}

export type Primitive = keyof PrimitiveSignatures;

export interface Signatures extends PrimitiveSignatures, StandardSignatures, LeafSignatures {}
export type Op = keyof Signatures;

/** What builds nodes: the graph, as its tensors know it. */
export interface GraphBuilder {
  apply<P extends Op>(op: P, inputs: Signatures[P]['inputs'], attributes: Signatures[P]['attributes']): Tensor;
  /** Throws where `apply` would, and builds nothing: for a rewrite that has no need of the op. */
  check<P extends Op>(op: P, inputs: Signatures[P]['inputs'], attributes: Signatures[P]['attributes']): void;
  constant(value: number, dtype: FloatType): Tensor;
  at<T>(site: string, build: () => T): T;
}

/** A value of a graph that will exist when the graph is run: one op applied to earlier tensors. */
export interface TensorOf<P extends Op> {
  readonly graph: GraphBuilder;
  /** Position in the graph; inputs always have smaller ids. */
  readonly id: number;
  readonly op: P;
  readonly inputs: Signatures[P]['inputs'];
  readonly attributes: Signatures[P]['attributes'];
  readonly dtype: DType;
  readonly shape: Shape;
  /** Where in the caller's code it was built: file:line:column. */
  readonly site: string;
}

export type Tensor = { [P in Op]: TensorOf<P> }[Op];
