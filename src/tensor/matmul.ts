import type { Tensor } from './primitives.js';

export interface MatmulOptions {
  /** Takes the last two axes of `a` (of `b`) swapped, without copying. */
  readonly transA?: boolean;
  readonly transB?: boolean;
}

/** [… m,k] × [… k,n] → [… m,n]; leading axes must be equal. */
export const matmul = (a: Tensor, b: Tensor, { transA = false, transB = false }: MatmulOptions = {}): Tensor =>
  a.graph.apply('matmul', [a, b], { transA, transB });
