import { invariant } from '../../util/index.js';
import type { TradedSeries } from '../traded-bars.js';
import { applyElement, type Value } from './element.js';
import type { FieldName } from './expression.js';
import { MISSING_RULES, type MissingMode } from './missing.js';
import type { Program, Step } from './program.js';
import { PAIR_ROLLING, ROLLING } from './rolling/rolling.js';
import { Scratch } from './rolling/scratch.js';

/**
 * Runs the steps for one stock; one array per step asked for, a number for each day it traded.
 * @param sections the series of steps over stocks, made before; by step
 */
export function runProgram(
  program: Program,
  series: TradedSeries,
  mode: MissingMode,
  asked: readonly number[],
  sections: ReadonlyMap<number, Float64Array> = new Map(),
): Float64Array[] {
  const { sessions } = series;
  const bars = sessions.length;
  if (bars === 0) return asked.map(() => new Float64Array(0));
  const calendar = mode === 'calendar';
  const first = sessions[0];
  const length = calendar ? sessions[bars - 1] - first + 1 : bars;
  const scratch = new Scratch(length);
  const spread = (values: Float64Array) => {
    if (!calendar) return values;
    const out = scratch.take();
    if (length > bars) out.fill(Number.NaN);
    for (let i = 0; i < bars; i++) out[sessions[i] - first] = values[i];
    return out;
  };
  const run: Run = { length, mode, scratch, field: (name) => spread(fieldOf(series, name)) };
  const done: (Value | undefined)[] = [];
  const stepValue = (at: number): Value => {
    const before = done[at];
    if (before !== undefined) return before;
    const section = sections.get(at);
    const value = section ? spread(section) : runStep(program.steps[at], stepValue, run);
    if (calendar && program.single[at] && typeof value !== 'number') roundToSingle(value);
    done[at] = value;
    return value;
  };
  const results = asked.map((at) => {
    const value = stepValue(at);
    if (typeof value === 'number') return new Float64Array(bars).fill(value);
    if (length === bars) return value.slice();
    const out = new Float64Array(bars);
    for (let i = 0; i < bars; i++) out[i] = value[sessions[i] - first];
    return out;
  });
  scratch.end();
  return results;
}

interface Run {
  /** Bars of the series that steps are computed on. */
  readonly length: number;
  readonly mode: MissingMode;
  readonly scratch: Scratch;
  readonly field: (name: FieldName) => Float64Array;
}

/** In place: every step makes an array of its own. */
function roundToSingle(values: Float64Array): void {
  for (let i = 0; i < values.length; i++) values[i] = Math.fround(values[i]);
}

function runStep(step: Step, stepValue: (at: number) => Value, run: Run): Value {
  if (step.kind === 'number') return step.value;
  if (step.kind === 'field') return run.field(step.name);
  invariant(step.kind !== 'section', 'a cross-section is made before the stocks are run');
  const { length, mode, scratch } = run;
  const args = step.args.map(stepValue);
  if (step.kind === 'element') return applyElement(step.operator, args, scratch, mode === 'calendar');
  const series = args.map((value) => (typeof value === 'number' ? scratch.take().fill(value) : value));
  const { operator, window, share } = step;
  const asked = { window, rule: MISSING_RULES[mode], share, scratch };
  if (step.kind === 'window') return ROLLING[operator](series[0], asked);
  if (step.kind === 'pair-window') return PAIR_ROLLING[operator](series[0], series[1], asked);
  const past = scratch.take();
  past.fill(Number.NaN, 0, Math.min(window, length));
  if (window < length) past.set(series[0].subarray(0, length - window), window);
  if (operator === 'ref') return past;
  for (let i = 0; i < length; i++) past[i] = series[0][i] - past[i];
  return past;
}

function fieldOf(series: TradedSeries, name: FieldName): Float64Array {
  if (name !== 'amount' && name !== 'vwap') return series[name];
  const { amount, volume } = series;
  if (amount === null) return new Float64Array(volume.length).fill(Number.NaN);
  // Volume is divided by the factor already, so that amount over it is the adjusted price.
  return name === 'amount' ? amount : amount.map((value, i) => value / volume[i]);
}
