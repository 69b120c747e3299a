import { CandlenetError } from '../../util/index.js';
import { resolveParameters } from './catalogue.js';
import type { BarField, FunctionDefinition, FunctionParameters } from './definition.js';

export interface FunctionOptions {
  /**
   * Further bars to leave undefined after the lookback of a function with TA-Lib's "unstable period", while the memory of
   * the first bars fades; 0 unless given.
   */
  readonly unstablePeriod?: number;
}

/** A function fed bar by bar. */
export interface IncrementalFunction {
  /**
   * The outputs at this bar, NaN while warming up. A bar that lacks an input (NaN, infinite) has no value, and the next one
   * begins anew. O(period) a bar at most; what is kept does not grow.
   */
  push(bar: Readonly<Partial<Record<BarField, number>>>): Float64Array;
}

/** @throws CONFIG_INVALID when the function has no unstable period or it is no whole number from 0 on */
export function checkUnstablePeriod(definition: FunctionDefinition, { unstablePeriod = 0 }: FunctionOptions): number {
  if (!Number.isInteger(unstablePeriod) || unstablePeriod < 0 || (unstablePeriod > 0 && !definition.unstable)) {
    const expected = definition.unstable ? 'a whole number of bars, 0 or more' : '0: it has none';
    throw new CandlenetError(
      'CONFIG_INVALID',
      `${definition.name}: unstablePeriod: found ${unstablePeriod}, expected ${expected}`,
    );
  }
  return unstablePeriod;
}

/**
 * The incremental form of a function: the same outputs, bit for bit, as `computeFunction` over all bars pushed so far.
 * @throws CONFIG_INVALID for parameters out of range
 */
export function createIncremental(
  definition: FunctionDefinition,
  parameters: FunctionParameters = {},
  options: FunctionOptions = {},
): IncrementalFunction {
  const resolved = resolveParameters(definition, parameters);
  const first = definition.lookback(resolved) + checkUnstablePeriod(definition, options);
  const inputs = new Float64Array(definition.inputs.length);
  let step = definition.step(resolved);
  let seen = 0;
  return {
    push(bar) {
      const out = new Float64Array(definition.outputs.length).fill(Number.NaN);
      for (let k = 0; k < inputs.length; k++) inputs[k] = bar[definition.inputs[k]] ?? Number.NaN;
      if (!inputs.every(Number.isFinite)) {
        if (seen > 0) step = definition.step(resolved);
        seen = 0;
        return out;
      }
      step(inputs, out);
      if (seen++ < first) out.fill(Number.NaN);
      return out;
    },
  };
}
