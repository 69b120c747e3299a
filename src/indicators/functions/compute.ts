import { columnsOf } from '../kernels/index.js';
import { overRuns, type RunFormula, undefinedSeries } from '../runs.js';
import { resolveParameters } from './catalogue.js';
import type { Batch, FunctionDefinition, FunctionParameters } from './definition.js';
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
  const unstable = checkUnstablePeriod(definition, options);
  const count = definition.outputs.length;
  const first = definition.lookback(resolved) + unstable;
  const stepped = stepFormula(definition, resolved, first);
  const batch = definition.batch?.(resolved);
  if (batch === undefined) return overRuns(inputs, count, stepped);
  const compute = (run: readonly Float64Array[]) => {
    const outputs = batchOfRun(batch, run, count);
    if (unstable > 0) for (const output of outputs ?? []) output.fill(Number.NaN, 0, first);
    return outputs;
  };
  // Whole series first: most have no gap.
  return compute(inputs) ?? overRuns(inputs, count, (run) => compute(run) ?? stepped(run));
}

function stepFormula(definition: FunctionDefinition, parameters: FunctionParameters, first: number): RunFormula {
  const count = definition.outputs.length;
  return (run) => {
    const length = run[0].length;
    const outputs = Array.from({ length: count }, () => undefinedSeries(length));
    const step = definition.step(parameters);
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
  };
}

/** Null where a bar is missing, the inputs differ in length or are longer than the kernels' memory. */
function batchOfRun(batch: Batch, run: readonly Float64Array[], count: number): Float64Array[] | null {
  const columns = columnsOf(run[0].length, run.length + count);
  if (columns === null || run.some(({ length }) => length !== columns.bars)) return null;
  for (const [k, input] of run.entries()) {
    columns.values(k).set(input);
    if (!columns.kernels.allFinite(columns.column(k), columns.bars)) return null;
  }
  const outputs = Array.from({ length: count }, (_, k) => run.length + k);
  batch(
    columns,
    run.map((_, k) => columns.column(k)),
    outputs.map((k) => columns.column(k)),
  );
  return outputs.map((k) => columns.values(k).slice());
}
