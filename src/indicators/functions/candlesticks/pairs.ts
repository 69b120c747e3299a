import {
  BODY_DOJI,
  BODY_LONG,
  BODY_SHORT,
  type Candles,
  EQUAL,
  NEAR,
  type SettingUse,
  SHADOW_LONG,
  SHADOW_VERY_SHORT,
} from './candles.js';
import { patterns, when } from './pattern.js';

const long: SettingUse = [BODY_LONG, 1];
const bothLong: SettingUse = [BODY_LONG, 1, 0];
const short: SettingUse = [BODY_SHORT, 0];
const doji: SettingUse = [BODY_DOJI, 0];
const equal: SettingUse = [EQUAL, 1];
const hammer: readonly SettingUse[] = [short, [SHADOW_LONG, 0], [SHADOW_VERY_SHORT, 0]];

/** Against the first candle's colour: 100 for a body inside the other's, 80 where an end coincides. */
function inside(k: Candles): number {
  if (k.top(0) < k.top(1) && k.bottom(0) > k.bottom(1)) return -100 * k.color(1);
  return when(k.top(0) <= k.top(1) && k.bottom(0) >= k.bottom(1), -80 * k.color(1));
}

function engulfing(k: Candles): number {
  if (k.color(0) !== -k.color(1)) return 0;
  const covers = k.top(0) >= k.top(1) && k.bottom(0) <= k.bottom(1);
  const same = k.top(0) === k.top(1) && k.bottom(0) === k.bottom(1);
  const touches = k.top(0) === k.top(1) || k.bottom(0) === k.bottom(1);
  return when(covers && !same, (touches ? 80 : 100) * k.color(0));
}

const bareBodies = (k: Candles) =>
  [1, 0].every((ago) => k.longBody(ago) && k.noUpper(ago) && k.noLower(ago)) &&
  k.color(1) === -k.color(0) &&
  (k.black(1) ? k.candleGapsUp(0, 1) : k.candleGapsDown(0, 1));

/** A long black candle, then a white one that opens below its low. */
const weakRally = (k: Candles) => k.black(1) && k.longBody(1) && k.white(0) && k.open(0) < k.low(1);

/** Patterns of two candles. */
export const CANDLE_PAIRS = patterns([
  {
    name: 'COUNTERATTACK',
    before: 1,
    uses: [equal, bothLong],
    judge: (k) =>
      when(
        k.color(1) === -k.color(0) && k.longBody(1) && k.longBody(0) && k.equal(k.close(0), k.close(1), 1),
        100 * k.color(0),
      ),
  },
  {
    name: 'DARKCLOUDCOVER',
    before: 1,
    uses: [long],
    penetration: 0.5,
    judge: (k, penetration) =>
      when(
        k.white(1) &&
          k.longBody(1) &&
          k.black(0) &&
          k.open(0) > k.high(1) &&
          k.close(0) > k.open(1) &&
          k.close(0) < k.close(1) - k.body(1) * penetration,
        -100,
      ),
  },
  {
    name: 'DOJISTAR',
    before: 1,
    uses: [doji, long],
    judge: (k) =>
      when(k.longBody(1) && k.doji(0) && (k.white(1) ? k.gapsUp(0, 1) : k.gapsDown(0, 1)), -100 * k.color(1)),
  },
  { name: 'ENGULFING', before: 2, uses: [], judge: engulfing },
  {
    name: 'HAMMER',
    before: 1,
    uses: [...hammer, [NEAR, 1]],
    judge: (k) =>
      when(k.shortBody(0) && k.longLower(0) && k.noUpper(0) && k.bottom(0) <= k.low(1) + k.length(NEAR, 1), 100),
  },
  {
    name: 'HANGINGMAN',
    before: 1,
    uses: [...hammer, [NEAR, 1]],
    judge: (k) =>
      when(k.shortBody(0) && k.longLower(0) && k.noUpper(0) && k.bottom(0) >= k.high(1) - k.length(NEAR, 1), -100),
  },
  {
    name: 'HARAMI',
    before: 1,
    uses: [short, long],
    judge: (k) => when(k.longBody(1) && k.smallBody(0), inside(k)),
  },
  {
    name: 'HARAMICROSS',
    before: 1,
    uses: [doji, long],
    judge: (k) => when(k.longBody(1) && k.doji(0), inside(k)),
  },
  {
    name: 'HOMINGPIGEON',
    before: 1,
    uses: [short, long],
    judge: (k) =>
      when(
        k.black(1) && k.black(0) && k.longBody(1) && k.smallBody(0) && k.open(0) < k.open(1) && k.close(0) > k.close(1),
        100,
      ),
  },
  {
    name: 'INNECK',
    before: 1,
    uses: [equal, long],
    judge: (k) => when(weakRally(k) && k.close(0) <= k.close(1) + k.length(EQUAL, 1) && k.close(0) >= k.close(1), -100),
  },
  {
    name: 'INVERTEDHAMMER',
    before: 1,
    uses: hammer,
    judge: (k) => when(k.shortBody(0) && k.longUpper(0) && k.noLower(0) && k.gapsDown(0, 1), 100),
  },
  {
    name: 'KICKING',
    before: 1,
    uses: [bothLong, [SHADOW_VERY_SHORT, 1, 0]],
    judge: (k) => when(bareBodies(k), 100 * k.color(0)),
  },
  {
    name: 'KICKINGBYLENGTH',
    before: 1,
    uses: [bothLong, [SHADOW_VERY_SHORT, 1, 0]],
    judge: (k) => when(bareBodies(k), 100 * k.color(k.body(0) > k.body(1) ? 0 : 1)),
  },
  {
    name: 'MATCHINGLOW',
    before: 1,
    uses: [equal],
    judge: (k) => when(k.black(1) && k.black(0) && k.equal(k.close(0), k.close(1), 1), 100),
  },
  {
    name: 'ONNECK',
    before: 1,
    uses: [equal, long],
    judge: (k) => when(weakRally(k) && k.equal(k.close(0), k.low(1), 1), -100),
  },
  {
    name: 'PIERCING',
    before: 1,
    uses: [bothLong],
    judge: (k) =>
      when(weakRally(k) && k.longBody(0) && k.close(0) < k.open(1) && k.close(0) > k.close(1) + k.body(1) * 0.5, 100),
  },
  {
    name: 'SEPARATINGLINES',
    before: 1,
    uses: [[SHADOW_VERY_SHORT, 0], [BODY_LONG, 0], equal],
    judge: (k) =>
      when(
        k.color(1) === -k.color(0) &&
          k.equal(k.open(0), k.open(1), 1) &&
          k.longBody(0) &&
          (k.white(0) ? k.noLower(0) : k.noUpper(0)),
        100 * k.color(0),
      ),
  },
  {
    name: 'SHOOTINGSTAR',
    before: 1,
    uses: hammer,
    judge: (k) => when(k.shortBody(0) && k.longUpper(0) && k.noLower(0) && k.gapsUp(0, 1), -100),
  },
  {
    name: 'THRUSTING',
    before: 1,
    uses: [equal, long],
    judge: (k) =>
      when(
        weakRally(k) && k.close(0) <= k.close(1) + k.body(1) * 0.5 && k.close(0) > k.close(1) + k.length(EQUAL, 1),
        -100,
      ),
  },
]);
