import type { RegressionLoss } from './types.js';

/** Where Huber's loss turns from a parabola to a line, in the units of the targets; PyTorch's default. */
export const HUBER_DELTA = 1;

const OF_RESIDUAL: Readonly<Record<RegressionLoss, (size: number) => number>> = {
  mse: (size) => size * size,
  huber: (size) => (size > HUBER_DELTA ? HUBER_DELTA * (size - HUBER_DELTA / 2) : (size * size) / 2),
};

/** Mean loss of forecasts, as the training graph has it; NaN for no samples. */
export function regressionLoss(forecasts: Float32Array, targets: Float32Array, kind: RegressionLoss): number {
  const of = OF_RESIDUAL[kind];
  let sum = 0;
  for (let i = 0; i < targets.length; i++) sum += of(Math.abs(forecasts[i] - targets[i]));
  return sum / targets.length;
}
