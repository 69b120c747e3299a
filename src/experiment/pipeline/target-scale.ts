/** How the numbers of a label are brought to the units of the loss: (label − mean) / std. */
export interface TargetScale {
  readonly mean: number;
  readonly std: number;
}

/** Mean and deviation (population) of the labels of the training samples, in double precision; a constant label has deviation 1. */
export function fitTargetScale(targets: Float32Array): TargetScale {
  let sum = 0;
  for (const value of targets) sum += value;
  const mean = sum / targets.length;
  let squares = 0;
  for (const value of targets) squares += (value - mean) ** 2;
  const std = Math.sqrt(squares / targets.length);
  return { mean, std: std > 0 ? std : 1 };
}

export const standardised = (targets: Float32Array, { mean, std }: TargetScale): Float32Array =>
  targets.map((value) => (value - mean) / std);
