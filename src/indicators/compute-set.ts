import { CandlenetError } from '../util/index.js';
import { JOINTS } from './joint.js';
import { type Column, type Columns, columnsOf } from './kernels/index.js';
import { INDICATORS, type Indicator, type IndicatorBars, type IndicatorInput } from './registry.js';

const FIELDS: readonly IndicatorInput[] = ['high', 'low', 'close', 'volume'];

/**
 * Every output of the given indicators, raw, under its name: the bits of `compute` of each. Linear in the number of bars.
 * @param into [outputs × bars], for many instruments one after another: the outputs are views of it, valid until it is
 *   written again; new arrays unless given
 * @throws TABLE_INVALID when the fields differ in length or `into` is too short
 */
export function computeIndicators(
  bars: IndicatorBars,
  indicators: readonly Indicator[] = INDICATORS,
  into?: Float64Array,
): Map<string, Float64Array> {
  const names = indicators.flatMap(({ outputs }) => outputs);
  const length = bars.close.length;
  if (into !== undefined && into.length < names.length * length) {
    throw new CandlenetError(
      'TABLE_INVALID',
      `indicator outputs: found room for ${into.length} values, expected ${names.length} outputs × ${length} bars`,
    );
  }
  const borrowed = computeAtOnce(bars, indicators);
  const computed = borrowed ?? computeEach(bars, indicators);
  const outputs = computed.map((values, k) => {
    if (into === undefined) return borrowed === null ? values : values.slice();
    const room = into.subarray(k * length, (k + 1) * length);
    room.set(values);
    return room;
  });
  return new Map(names.map((name, k) => [name, outputs[k]]));
}

function computeEach(bars: IndicatorBars, indicators: readonly Indicator[]): Float64Array[] {
  return indicators.flatMap(({ inputs, compute }) => compute(inputs.map((input) => bars[input])));
}

/**
 * All kernels on one copy of the bars, what indicators share computed once. The outputs are views of the kernels' memory;
 * null where a bar is missing, an indicator has no kernel or the memory would not do.
 */
function computeAtOnce(bars: IndicatorBars, indicators: readonly Indicator[]): Float64Array[] | null {
  const length = bars.close.length;
  if (FIELDS.some((field) => bars[field].length !== length)) return null;
  if (indicators.some(({ batch }) => batch === undefined)) return null;
  const count = indicators.reduce((sum, { outputs }) => sum + outputs.length, 0);
  const columns = columnsOf(length, FIELDS.length + count);
  if (columns === null) return null;
  for (const [k, field] of FIELDS.entries()) {
    columns.values(k).set(bars[field]);
    if (!columns.kernels.allFinite(columns.column(k), length)) return null;
  }
  runAll(columns, indicators);
  return Array.from({ length: count }, (_, k) => columns.values(FIELDS.length + k));
}

function runAll(columns: Columns, indicators: readonly Indicator[]): void {
  const inputs = Object.fromEntries(FIELDS.map((field, k) => [field, columns.column(k)])) as Record<
    IndicatorInput,
    Column
  >;
  const places = new Map<Indicator, Column[]>();
  let next = FIELDS.length;
  for (const indicator of indicators) {
    places.set(
      indicator,
      indicator.outputs.map(() => columns.column(next++)),
    );
  }
  for (const { members, run } of JOINTS) {
    const outputs = members.map((member) => places.get(member)?.[0]);
    if (!outputs.every((output) => output !== undefined)) continue;
    run(columns, inputs, outputs);
    for (const member of members) places.delete(member);
  }
  for (const [{ inputs: fields, batch }, outputs] of places) {
    batch?.(
      columns,
      fields.map((field) => inputs[field]),
      outputs,
    );
  }
}
