import { CandlenetError } from '../util/index.js';
import { broadcastTo } from './layout.js';
import type { GraphBuilder, Tensor } from './primitives.js';
import { broadcastable, broadcastShapes } from './shape-rules.js';
import { callSite } from './site.js';
import { formatType } from './types.js';

/** A tensor, or a number that takes the other operand's type. */
export type Operand = Tensor | number;

type UnaryOp = 'neg' | 'exp' | 'log' | 'sqrt' | 'sigmoid' | 'tanh' | 'relu';
type BinaryOp = 'add' | 'sub' | 'mul' | 'div' | 'max' | 'greater';

function lift(operands: readonly Operand[]): { graph: GraphBuilder; tensors: Tensor[] } {
  const model = operands.find((operand) => typeof operand !== 'number' && operand.dtype !== 'bool') as
    | Tensor
    | undefined;
  if (!model) {
    const types = operands.map((x) => (typeof x === 'number' ? String(x) : formatType(x))).join(', ');
    throw new CandlenetError(
      'GRAPH_INVALID',
      `an operation on (${types}), built at ${callSite()}: needs tensors of numbers`,
    );
  }
  const dtype = model.dtype === 'float64' ? 'float64' : 'float32';
  const tensors = operands.map((x) => (typeof x === 'number' ? model.graph.constant(x, dtype) : x));
  return { graph: model.graph, tensors };
}

/** Elementwise work is done before stretching: op(broadcast(a), b) = broadcast(op(a, b)). */
const unstretched = (x: Tensor): Tensor => (x.op === 'broadcastTo' ? x.inputs[0] : x);

/** What the ops make of plain numbers. */
const ARITHMETIC: { readonly [P in ArithmeticOp]: (a: number, b: number) => number } = {
  neg: (a) => -a,
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
};
type ArithmeticOp = 'neg' | 'exp' | 'log' | 'sqrt' | 'add' | 'sub' | 'mul' | 'div';

/** The result as a constant where every operand is one, else null. */
function foldConstants(op: UnaryOp | BinaryOp, [a, b = a]: readonly Tensor[]): Tensor | null {
  if (!(op in ARITHMETIC) || a.op !== 'constant' || b.op !== 'constant') return null;
  const value = ARITHMETIC[op as ArithmeticOp](a.attributes.value, b.attributes.value);
  return a.graph.constant(value, a.attributes.dtype);
}

function unary(op: UnaryOp, x: Tensor): Tensor {
  x.graph.check(op, [x], {});
  const small = unstretched(x);
  return broadcastTo(foldConstants(op, [small]) ?? x.graph.apply(op, [small], {}), x.shape);
}

function binary(op: BinaryOp, left: Operand, right: Operand): Tensor {
  const { graph, tensors } = lift([left, right]);
  const [a, b] = tensors;
  graph.check(op, [a, b], {});
  const shape = broadcastShapes(a.shape, b.shape)!;
  const small = [unstretched(a), unstretched(b)] as const;
  return broadcastTo(foldConstants(op, small) ?? graph.apply(op, small, {}), shape);
}

/** Whether `x` is that number everywhere and stretches no axis of `other`: x ∘ other is then what algebra says. */
function isNeutral(x: Operand, value: number, other: Operand): other is Tensor {
  if (typeof other === 'number' || other.dtype === 'bool') return false;
  if (typeof x === 'number') return x === value;
  if (x.graph !== other.graph || x.dtype !== other.dtype) return false;
  const source = unstretched(x);
  return source.op === 'constant' && source.attributes.value === value && broadcastable(x.shape, other.shape);
}

/** Elementwise functions; shapes broadcast as in NumPy, number types must agree. Errors: `GRAPH_INVALID`. */
export const neg = (x: Tensor): Tensor => (x.op === 'neg' ? x.inputs[0] : unary('neg', x));
export const exp = (x: Tensor): Tensor => unary('exp', x);
export const log = (x: Tensor): Tensor => unary('log', x);
export const sqrt = (x: Tensor): Tensor => unary('sqrt', x);
export const sigmoid = (x: Tensor): Tensor => unary('sigmoid', x);
export const tanh = (x: Tensor): Tensor => unary('tanh', x);
export const relu = (x: Tensor): Tensor => unary('relu', x);

export function add(a: Operand, b: Operand): Tensor {
  if (isNeutral(b, 0, a)) return a;
  return isNeutral(a, 0, b) ? b : binary('add', a, b);
}

export const sub = (a: Operand, b: Operand): Tensor => (isNeutral(b, 0, a) ? a : binary('sub', a, b));

export function mul(a: Operand, b: Operand): Tensor {
  if (isNeutral(b, 1, a)) return a;
  return isNeutral(a, 1, b) ? b : binary('mul', a, b);
}

export const div = (a: Operand, b: Operand): Tensor => (isNeutral(b, 1, a) ? a : binary('div', a, b));

/** The larger of the two; on a tie the derivative goes to `a`. */
export const max = (a: Operand, b: Operand): Tensor => binary('max', a, b);
/** The smaller of the two. */
export const min = (a: Tensor, b: Operand): Tensor => neg(max(neg(a), typeof b === 'number' ? -b : neg(b)));
/** a > b as bool; it has no derivative. */
export const greater = (a: Operand, b: Operand): Tensor => binary('greater', a, b);

/** 1 where the condition (bool) holds, else 0, in the number type of `like`; it has no derivative. */
export const indicator = (condition: Tensor, like: Tensor): Tensor =>
  condition.graph.apply('indicator', [condition], { dtype: like.dtype === 'float64' ? 'float64' : 'float32' });

/** `a` where the condition (bool) holds, else `b`. */
export function where(condition: Tensor, a: Operand, b: Operand): Tensor {
  const { graph, tensors } = lift([a, b]);
  return graph.apply('where', [condition, tensors[0], tensors[1]], {});
}

/** The value of `x`, through which no derivative passes. */
export const stopGradient = (x: Tensor): Tensor => x.graph.apply('stopGradient', [x], {});

export const square = (x: Tensor): Tensor => mul(x, x);
