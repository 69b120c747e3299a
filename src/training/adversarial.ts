import type { Scope } from '../nn/index.js';
import { add, gradients, greater, mul, neg, stopGradient, type Tensor, where } from '../tensor/index.js';
import { CandlenetError } from '../util/index.js';

export interface AdversarialOptions {
  /** Largest change of an input, in the inputs' units: standard deviations of the training set. */
  readonly epsilon: number;
  /** Share of the adversarial examples in the loss, in (0, 1]. */
  readonly weight: number;
}

/** 1, 0 or −1. */
function sign(x: Tensor): Tensor {
  const one = x.graph.constant(1, x.dtype === 'float64' ? 'float64' : 'float32');
  return where(greater(x, 0), one, where(greater(neg(x), 0), mul(one, -1), 0));
}

/** @throws CONFIG_INVALID */
export function checkAdversarial({ epsilon, weight }: AdversarialOptions): void {
  const refuse = (key: string, found: number, expected: string) => {
    throw new CandlenetError('CONFIG_INVALID', `training.adversarial.${key}: found ${found}, expected ${expected}`);
  };
  if (!(Number.isFinite(epsilon) && epsilon > 0)) refuse('epsilon', epsilon, 'a number above 0');
  if (!(weight > 0 && weight <= 1)) refuse('weight', weight, 'a number in (0, 1]');
}

/**
 * Adversarial training by the fast gradient sign method (Goodfellow, Shlens and Szegedy 2015, section 6):
 * (1 − w)·L(x) + w·L(x + ε·sign(∂L/∂x)), the example taken as given when the loss is differentiated. Both passes share
 * parameters and dropout masks, the running statistics see the samples as they are. The gradient is put together from
 * the two losses', so that the one backward pass over the samples serves the example and the update.
 * @throws CONFIG_INVALID
 */
export function adversarialObjective(
  plain: Tensor,
  x: Tensor,
  scope: Scope,
  objective: (scope: Scope, x: Tensor) => Tensor,
  options: AdversarialOptions,
): { readonly loss: Tensor; readonly gradients: readonly Tensor[] } {
  checkAdversarial(options);
  const { epsilon, weight } = options;
  const params = scope.paramTensors;
  const [byInput, ...byParam] = gradients(plain, [x, ...params]);
  const example = stopGradient(add(x, mul(sign(byInput), epsilon)));
  const hard = objective(scope.again(), example);
  const blend = (a: Tensor, b: Tensor) => add(mul(a, 1 - weight), mul(b, weight));
  const byParamHard = gradients(hard, params);
  return { loss: blend(plain, hard), gradients: byParam.map((g, i) => blend(g, byParamHard[i])) };
}
