import { overRuns, undefinedSeries } from '../runs.js';
import { resolveParameters } from './catalogue.js';
import type { FunctionDefinition, FunctionParameters } from './definition.js';
import { checkUnstablePeriod, type FunctionOptions } from './incremental.js';

/**
 * A function of TA-Lib over whole series. Inputs in the order of `definition.inputs`, equally long, NaN where missing;
 * outputs in the order of `definition.outputs`, as long, NaN while undefined. A gap begins the function anew.
 * @throws CONFIG_INVALID for parameters out of range; TABLE_INVALID when the inputs differ in length
 */
export function computeFunction(
  definition: FunctionDefinition,
  inputs: readonly Float64Array[],
  parameters: FunctionParameters = {},
  options: FunctionOptions = {},
): Float64Array[] {
  const resolved = resolveParameters(definition, parameters);
  const first = definition.lookback(resolved) + checkUnstablePeriod(definition, options);
  const count = definition.outputs.length;
  return overRuns(inputs, count, (run) => {
    const length = run[0].length;
    const outputs = Array.from({ length: count }, () => undefinedSeries(length));
    const step = definition.step(resolved);
    const bar = new Float64Array(run.length);
    const out = new Float64Array(count);
    for (let i = 0; i < length; i++) {
      for (let k = 0; k < run.length; k++) bar[k] = run[k][i];
      out.fill(Number.NaN);
      step(bar, out);
      if (i < first) continue;
      for (let k = 0; k < count; k++) outputs[k][i] = out[k];
    }
    return outputs;
  });
}
