import { add } from './elementwise.js';
import { concat } from './layout.js';
import { matmul } from './matmul.js';
import type { Tensor, TensorOf } from './primitives.js';

/**
 * The sum of the derivatives that reach one tensor along its several uses, written with fewer passes over memory where
 * algebra allows: pieces that tile the tensor are joined, and the weight gradients of a recurrence become one product.
 */
export function accumulate(contributions: readonly Tensor[]): Tensor {
  return joined(contributions) ?? joinProducts(contributions).reduce((sum, part) => add(sum, part));
}

const isPadding = (x: Tensor): x is TensorOf<'pad'> & Tensor => x.op === 'pad';

/** pad(a, 0, 2) + pad(b, 2, 0) = concat(a, b) */
function joined(parts: readonly Tensor[]): Tensor | null {
  if (parts.length < 2 || !parts.every(isPadding)) return null;
  const { axis } = parts[0].attributes;
  const ordered = [...parts].sort((a, b) => a.attributes.before - b.attributes.before);
  let end = 0;
  for (const { inputs, attributes } of ordered) {
    if (attributes.axis !== axis || attributes.before !== end) return null;
    end += inputs[0].shape[axis];
  }
  if (end !== parts[0].shape[axis]) return null;
  return concat(
    ordered.map((part) => part.inputs[0]),
    axis,
  );
}

type Product = TensorOf<'matmul'> & Tensor;

const isOuterProduct = (x: Tensor): x is Product =>
  x.op === 'matmul' && x.shape.length === 2 && x.attributes.transA && !x.attributes.transB;

/** aᵀb + cᵀd = [a; c]ᵀ[b; d]: one large product instead of one a step. */
function joinProducts(parts: readonly Tensor[]): Tensor[] {
  const products = parts.filter(isOuterProduct);
  if (products.length < 2) return [...parts];
  const stacked = (side: 0 | 1) =>
    concat(
      products.map((product) => product.inputs[side]),
      0,
    );
  const product = matmul(stacked(0), stacked(1), { transA: true });
  return [product, ...parts.filter((part) => !isOuterProduct(part))];
}
