import { CandlenetError } from '../util/index.js';

/** What an indicator computes on one unbroken run of bars: equally long inputs, all finite, to outputs of that length. */
export type RunFormula = (inputs: readonly Float64Array[]) => Float64Array[];

/** An array of `length` undefined values, to be filled from the end of the warm-up on. */
export function undefinedSeries(length: number): Float64Array {
  return new Float64Array(length).fill(Number.NaN);
}

function isUnbroken(values: Float64Array): boolean {
  // A sum of x − x is 0 exactly where every x is finite: no branch a value.
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] - values[i];
  return sum === 0;
}

/**
 * Applies a formula to every unbroken run of bars: a bar where any input is missing (not finite) has no value, and the
 * bar after a gap begins anew, warm-up included. With a gap at the start only, this is what TA-Lib's Python package does; inside a
 * series TA-Lib lets NaN poison all that follows.
 * @throws TABLE_INVALID when the inputs differ in length
 */
export function overRuns(inputs: readonly Float64Array[], outputs: number, formula: RunFormula): Float64Array[] {
  const length = inputs[0].length;
  for (const input of inputs) {
    if (input.length !== length) {
      throw new CandlenetError('TABLE_INVALID', `indicator inputs: found ${input.length} values, expected ${length}`);
    }
  }
  if (inputs.every(isUnbroken)) return formula(inputs);
  const present = (i: number) => inputs.every((input) => Number.isFinite(input[i]));
  const results = Array.from({ length: outputs }, () => undefinedSeries(length));
  for (let from = 0; from < length; from++) {
    if (!present(from)) continue;
    let to = from + 1;
    while (to < length && present(to)) to++;
    const values = formula(inputs.map((input) => input.subarray(from, to)));
    for (let k = 0; k < outputs; k++) results[k].set(values[k], from);
    from = to;
  }
  return results;
}
