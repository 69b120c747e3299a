import { invariant } from '../../util/index.js';
import type { TradedSeries } from '../traded-bars.js';
import { applyElement, type Value } from './element.js';
import type { FieldName } from './expression.js';
import { MISSING_RULES, type MissingMode } from './missing.js';
import type { Program, Step } from './program.js';
import { PAIR_ROLLING, ROLLING } from './rolling/rolling.js';

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
  const spread = (values: Float64Array) => {
    if (!calendar) return values;
    const out = new Float64Array(length).fill(Number.NaN);
    for (let i = 0; i < bars; i++) out[sessions[i] - first] = values[i];
    return out;
  };
  const field = (name: FieldName) => {
    const values = fieldOf(series, name);
    return spread(values);
  };
  const done: (Value | undefined)[] = [];
  const stepValue = (at: number): Value => {
    const before = done[at];
    if (before !== undefined) return before;
    const section = sections.get(at);
    let value = section ? spread(section) : runStep(program.steps[at], stepValue, field, length, mode);
    if (calendar && program.single[at] && typeof value !== 'number') value = new Float64Array(new Float32Array(value));
    done[at] = value;
    return value;
  };
  return asked.map((at) => {
    const value = stepValue(at);
    if (typeof value === 'number') return new Float64Array(bars).fill(value);
    return calendar ? Float64Array.from(sessions, (session) => value[session - first]) : value;
  });
}

function runStep(
  step: Step,
  stepValue: (at: number) => Value,
  field: (name: FieldName) => Float64Array,
  length: number,
  mode: MissingMode,
): Value {
  if (step.kind === 'number') return step.value;
  if (step.kind === 'field') return field(step.name);
  invariant(step.kind !== 'section', 'a cross-section is made before the stocks are run');
  const args = step.args.map(stepValue);
  if (step.kind === 'element') return applyElement(step.operator, args, length, mode === 'calendar');
  const series = args.map((value) => (typeof value === 'number' ? new Float64Array(length).fill(value) : value));
  const { operator, window, share } = step;
  if (step.kind === 'window') return ROLLING[operator](series[0], window, MISSING_RULES[mode], share);
  if (step.kind === 'pair-window') return PAIR_ROLLING[operator](series[0], series[1], window, MISSING_RULES[mode]);
  const past = new Float64Array(length).fill(Number.NaN);
  past.set(series[0].subarray(0, Math.max(0, length - window)), Math.min(window, length));
  return operator === 'ref' ? past : series[0].map((x, i) => x - past[i]);
}

function fieldOf(series: TradedSeries, name: FieldName): Float64Array {
  if (name !== 'amount' && name !== 'vwap') return series[name];
  const { amount, volume } = series;
  if (amount === null) return new Float64Array(volume.length).fill(Number.NaN);
  // Volume is divided by the factor already, so that amount over it is the adjusted price.
  return name === 'amount' ? amount : amount.map((value, i) => value / volume[i]);
}
