import {
  BODY_DOJI,
  BODY_LONG,
  BODY_SHORT,
  type Candles,
  NEAR,
  type SettingUse,
  SHADOW_LONG,
  SHADOW_SHORT,
  SHADOW_VERY_LONG,
  SHADOW_VERY_SHORT,
} from './candles.js';
import { patterns, when } from './pattern.js';

const doji: SettingUse = [BODY_DOJI, 0];
const long: SettingUse = [BODY_LONG, 0];
const short: SettingUse = [BODY_SHORT, 0];
const bare: SettingUse = [SHADOW_VERY_SHORT, 0];
const longShadow: SettingUse = [SHADOW_LONG, 0];
const shortShadow: SettingUse = [SHADOW_SHORT, 0];

const shortShadows = (k: Candles) => {
  const most = k.length(SHADOW_SHORT, 0);
  return k.upper(0) < most && k.lower(0) < most;
};

/** Patterns of one candle. */
export const SINGLE_CANDLES = patterns([
  {
    name: 'BELTHOLD',
    before: 0,
    uses: [long, bare],
    judge: (k) => when(k.longBody(0) && (k.white(0) ? k.noLower(0) : k.noUpper(0)), 100 * k.color(0)),
  },
  {
    name: 'CLOSINGMARUBOZU',
    before: 0,
    uses: [long, bare],
    judge: (k) => when(k.longBody(0) && (k.white(0) ? k.noUpper(0) : k.noLower(0)), 100 * k.color(0)),
  },
  { name: 'DOJI', before: 0, uses: [doji], judge: (k) => when(k.doji(0), 100) },
  {
    name: 'DRAGONFLYDOJI',
    before: 0,
    uses: [doji, bare],
    judge: (k) => when(k.doji(0) && k.noUpper(0) && k.lower(0) > k.length(SHADOW_VERY_SHORT, 0), 100),
  },
  {
    name: 'GRAVESTONEDOJI',
    before: 0,
    uses: [doji, bare],
    judge: (k) => when(k.doji(0) && k.noLower(0) && k.upper(0) > k.length(SHADOW_VERY_SHORT, 0), 100),
  },
  {
    name: 'HIGHWAVE',
    before: 0,
    uses: [short, [SHADOW_VERY_LONG, 0]],
    judge: (k) => {
      const least = k.length(SHADOW_VERY_LONG, 0);
      return when(k.shortBody(0) && k.upper(0) > least && k.lower(0) > least, 100 * k.color(0));
    },
  },
  {
    name: 'LONGLEGGEDDOJI',
    before: 0,
    uses: [doji, longShadow],
    judge: (k) => when(k.doji(0) && (k.longLower(0) || k.longUpper(0)), 100),
  },
  {
    name: 'LONGLINE',
    before: 0,
    uses: [long, shortShadow],
    judge: (k) => when(k.longBody(0) && shortShadows(k), 100 * k.color(0)),
  },
  {
    name: 'MARUBOZU',
    before: 0,
    uses: [long, bare],
    judge: (k) => when(k.longBody(0) && k.noUpper(0) && k.noLower(0), 100 * k.color(0)),
  },
  {
    name: 'RICKSHAWMAN',
    before: 0,
    uses: [doji, longShadow, [NEAR, 0]],
    judge: (k) => {
      const middle = k.low(0) + k.range(0) / 2;
      const near = k.length(NEAR, 0);
      const central = k.bottom(0) <= middle + near && k.top(0) >= middle - near;
      return when(k.doji(0) && k.longLower(0) && k.longUpper(0) && central, 100);
    },
  },
  {
    name: 'SHORTLINE',
    before: 0,
    uses: [short, shortShadow],
    judge: (k) => when(k.shortBody(0) && shortShadows(k), 100 * k.color(0)),
  },
  {
    name: 'SPINNINGTOP',
    before: 0,
    uses: [short],
    judge: (k) => when(k.shortBody(0) && k.upper(0) > k.body(0) && k.lower(0) > k.body(0), 100 * k.color(0)),
  },
  {
    name: 'TAKURI',
    before: 0,
    uses: [doji, bare, [SHADOW_VERY_LONG, 0]],
    judge: (k) => when(k.doji(0) && k.noUpper(0) && k.lower(0) > k.length(SHADOW_VERY_LONG, 0), 100),
  },
]);
