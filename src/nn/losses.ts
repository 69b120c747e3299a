import { logSoftmax, mul, neg, reduceSum, type Tensor } from '../tensor/index.js';

/**
 * Categorical cross-entropy −Σ target·log softmax(logits), averaged over the batch. Targets [batch × classes] are
 * distributions, hard or soft (label smoothing, mixup).
 */
export function softmaxCrossEntropy(logits: Tensor, target: Tensor): Tensor {
  return mul(neg(reduceSum(mul(target, logSoftmax(logits)))), 1 / logits.shape[0]);
}
