import { type FunctionDefinition, group, type Step } from '../definition.js';
import { Candles, NEAR, type SettingUse } from './candles.js';
import { OHLC, patternLookback } from './pattern.js';

/** Bars within which a break is confirmed. */
const CONFIRMATION = 3;

/**
 * Chesler's hikkake: an inside bar, a false break of it, and a close beyond it again within three bars, shown as ±100 on the
 * false break and ±200 on the confirmation. The state begins three bars before the first output, as TA-Lib's does.
 */
function hikkakeStep(before: number, uses: readonly SettingUse[], inside: (k: Candles, sign: 1 | -1) => boolean): Step {
  const begin = patternLookback(before, uses) - CONFIRMATION;
  const candles = new Candles(uses, begin);
  let result = 0;
  /** Bars since the false break; none is awaited beyond the confirmation. */
  let since = CONFIRMATION + 1;
  let level = 0;
  return (bar, out) => {
    const today = candles.push(bar);
    if (today < begin) return;
    out[0] = 0;
    since++;
    const sign = candles.high(0) < candles.high(1) ? 1 : -1;
    const broke =
      sign === 1
        ? candles.low(0) < candles.low(1)
        : candles.high(0) > candles.high(1) && candles.low(0) > candles.low(1);
    if (broke && inside(candles, sign)) {
      result = 100 * sign;
      level = sign === 1 ? candles.high(1) : candles.low(1);
      since = 0;
      out[0] = result;
    } else if (since <= CONFIRMATION && (result > 0 ? bar[3] > level : bar[3] < level)) {
      out[0] = 2 * result;
      since = CONFIRMATION + 1;
    }
  };
}

/** Whether the bar `ago` lies within the one before. */
const insideBar = (k: Candles, ago: number) => k.high(ago) < k.high(ago + 1) && k.low(ago) > k.low(ago + 1);

const near: readonly SettingUse[] = [[NEAR, 2]];

function definition(name: string, before: number, uses: readonly SettingUse[], step: () => Step) {
  return { name, inputs: OHLC, outputs: ['integer'], lookback: () => patternLookback(before, uses), step };
}

export const HIKKAKES: readonly FunctionDefinition[] = group('pattern', [
  definition('CDLHIKKAKE', 5, [], () => hikkakeStep(5, [], (k) => insideBar(k, 1))),
  // Modified: two inside bars in a row, the first closing near the end that the false break comes from.
  definition('CDLHIKKAKEMOD', 5, near, () =>
    hikkakeStep(5, near, (k, sign) => {
      if (!insideBar(k, 2) || !insideBar(k, 1)) return false;
      return sign === 1 ? k.close(2) <= k.low(2) + k.length(NEAR, 2) : k.close(2) >= k.high(2) - k.length(NEAR, 2);
    }),
  ),
]);
