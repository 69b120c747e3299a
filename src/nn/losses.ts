import { greater, logSoftmax, max, mul, neg, reduceSum, square, sub, type Tensor, where } from '../tensor/index.js';

/**
 * Categorical cross-entropy −Σ target·log softmax(logits), averaged over the batch. Targets [batch × classes] are
 * distributions, hard or soft (label smoothing, mixup).
 */
export function softmaxCrossEntropy(logits: Tensor, target: Tensor): Tensor {
  return mul(neg(reduceSum(mul(target, logSoftmax(logits)))), 1 / logits.shape[0]);
}

const meanOf = (values: Tensor): Tensor => mul(reduceSum(values), 1 / values.shape.reduce((a, b) => a * b, 1));

/** Mean of (forecast − target)² over the batch; PyTorch's `mse_loss`. */
export function meanSquaredError(forecast: Tensor, target: Tensor): Tensor {
  return meanOf(square(sub(forecast, target)));
}

/**
 * Huber's loss (1964), ½r² for |r| ≤ δ and δ·(|r| − ½δ) beyond, averaged over the batch, r = forecast − target; PyTorch's
 * `huber_loss`. A fat-tailed target pulls on it no harder than δ.
 * @param delta in the target's units
 */
export function huberLoss(forecast: Tensor, target: Tensor, delta = 1): Tensor {
  const residual = sub(forecast, target);
  const size = max(residual, neg(residual));
  const linear = mul(sub(size, delta / 2), delta);
  return meanOf(where(greater(size, delta), linear, mul(square(residual), 0.5)));
}
