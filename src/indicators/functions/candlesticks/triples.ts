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

const long: SettingUse = [BODY_LONG, 2];
const small: SettingUse = [BODY_SHORT, 1];

const allBlack = (k: Candles) => k.black(2) && k.black(1) && k.black(0);

/** A long candle, a star whose body stands apart from it, and a third that reaches back into the first's body. */
function star(color: 1 | -1, isStar: (k: Candles) => boolean) {
  return (k: Candles, penetration: number) => {
    const reach = k.body(2) * penetration;
    const turned =
      color === -1
        ? k.gapsUp(1, 2) && k.close(0) < k.close(2) - reach
        : k.gapsDown(1, 2) && k.close(0) > k.close(2) + reach;
    const long = k.longBody(2) && k.color(2) === -color && k.color(0) === color;
    return when(long && isStar(k) && k.body(0) > k.length(BODY_SHORT, 0) && turned, 100 * color);
  };
}

const dojiUses: readonly SettingUse[] = [[BODY_DOJI, 1], long, [BODY_SHORT, 0]];
const starUses: readonly SettingUse[] = [[BODY_SHORT, 1, 0], long];

/** Patterns of three candles that turn a trend. */
export const CANDLE_TRIPLES = patterns([
  {
    name: '2CROWS',
    before: 2,
    uses: [long],
    judge: (k) =>
      when(
        k.white(2) &&
          k.longBody(2) &&
          k.black(1) &&
          k.gapsUp(1, 2) &&
          k.black(0) &&
          k.open(0) < k.open(1) &&
          k.open(0) > k.close(1) &&
          k.close(0) > k.open(2) &&
          k.close(0) < k.close(2),
        -100,
      ),
  },
  {
    name: '3INSIDE',
    before: 2,
    uses: [small, long],
    judge: (k) => {
      const beyond = k.white(2) ? k.black(0) && k.close(0) < k.open(2) : k.white(0) && k.close(0) > k.open(2);
      const inside = k.top(1) < k.top(2) && k.bottom(1) > k.bottom(2);
      return when(k.longBody(2) && k.smallBody(1) && inside && beyond, -100 * k.color(2));
    },
  },
  {
    name: '3OUTSIDE',
    before: 3,
    uses: [],
    judge: (k) => {
      const rising =
        k.white(1) && k.black(2) && k.close(1) > k.open(2) && k.open(1) < k.close(2) && k.close(0) > k.close(1);
      const falling =
        k.black(1) && k.white(2) && k.open(1) > k.close(2) && k.close(1) < k.open(2) && k.close(0) < k.close(1);
      return when(rising || falling, 100 * k.color(1));
    },
  },
  {
    name: '3STARSINSOUTH',
    before: 2,
    uses: [[SHADOW_VERY_SHORT, 1, 0], [SHADOW_LONG, 2], long, [BODY_SHORT, 0]],
    judge: (k) =>
      when(
        allBlack(k) &&
          k.longBody(2) &&
          k.longLower(2) &&
          k.body(1) < k.body(2) &&
          k.open(1) > k.close(2) &&
          k.open(1) <= k.high(2) &&
          k.low(1) < k.close(2) &&
          k.low(1) >= k.low(2) &&
          k.lower(1) > k.length(SHADOW_VERY_SHORT, 1) &&
          k.shortBody(0) &&
          k.noLower(0) &&
          k.noUpper(0) &&
          k.low(0) > k.low(1) &&
          k.high(0) < k.high(1),
        100,
      ),
  },
  {
    name: 'ABANDONEDBABY',
    before: 2,
    uses: dojiUses,
    penetration: 0.3,
    judge: (k, penetration) => {
      const reach = k.body(2) * penetration;
      const top =
        k.white(2) && k.black(0) && k.close(0) < k.close(2) - reach && k.candleGapsUp(1, 2) && k.candleGapsDown(0, 1);
      const bottom =
        k.black(2) && k.white(0) && k.close(0) > k.close(2) + reach && k.candleGapsDown(1, 2) && k.candleGapsUp(0, 1);
      const bodies = k.longBody(2) && k.doji(1) && k.body(0) > k.length(BODY_SHORT, 0);
      return when(bodies && (top || bottom), 100 * k.color(0));
    },
  },
  { name: 'EVENINGDOJISTAR', before: 2, uses: dojiUses, penetration: 0.3, judge: star(-1, (k) => k.doji(1)) },
  { name: 'EVENINGSTAR', before: 2, uses: starUses, penetration: 0.3, judge: star(-1, (k) => k.smallBody(1)) },
  { name: 'MORNINGDOJISTAR', before: 2, uses: dojiUses, penetration: 0.3, judge: star(1, (k) => k.doji(1)) },
  { name: 'MORNINGSTAR', before: 2, uses: starUses, penetration: 0.3, judge: star(1, (k) => k.smallBody(1)) },
  {
    name: 'IDENTICAL3CROWS',
    before: 2,
    uses: [
      [SHADOW_VERY_SHORT, 2, 1, 0],
      [EQUAL, 2, 1],
    ],
    judge: (k) =>
      when(
        allBlack(k) &&
          k.noLower(2) &&
          k.noLower(1) &&
          k.noLower(0) &&
          k.close(2) > k.close(1) &&
          k.close(1) > k.close(0) &&
          k.equal(k.open(1), k.close(2), 2) &&
          k.equal(k.open(0), k.close(1), 1),
        -100,
      ),
  },
  {
    name: 'STICKSANDWICH',
    before: 2,
    uses: [[EQUAL, 2]],
    judge: (k) =>
      when(k.black(2) && k.white(1) && k.black(0) && k.low(1) > k.close(2) && k.equal(k.close(0), k.close(2), 2), 100),
  },
  {
    name: 'TRISTAR',
    before: 2,
    uses: [[BODY_DOJI, 2]],
    judge: (k) => {
      const most = k.length(BODY_DOJI, 2);
      if (k.body(2) > most || k.body(1) > most || k.body(0) > most) return 0;
      if (k.gapsUp(1, 2) && k.top(0) < k.top(1)) return -100;
      return when(k.gapsDown(1, 2) && k.bottom(0) > k.bottom(1), 100);
    },
  },
  {
    name: 'UNIQUE3RIVER',
    before: 2,
    uses: [[BODY_SHORT, 0], long],
    judge: (k) =>
      when(
        k.longBody(2) &&
          k.black(2) &&
          k.black(1) &&
          k.close(1) > k.close(2) &&
          k.open(1) <= k.open(2) &&
          k.low(1) < k.low(2) &&
          k.shortBody(0) &&
          k.white(0) &&
          k.open(0) > k.low(1),
        100,
      ),
  },
  {
    name: 'UPSIDEGAP2CROWS',
    before: 2,
    uses: [small, long],
    judge: (k) =>
      when(
        k.white(2) &&
          k.longBody(2) &&
          k.black(1) &&
          k.smallBody(1) &&
          k.gapsUp(1, 2) &&
          k.black(0) &&
          k.open(0) > k.open(1) &&
          k.close(0) < k.close(1) &&
          k.close(0) > k.close(2),
        -100,
      ),
  },
  {
    name: 'GAPSIDESIDEWHITE',
    before: 2,
    uses: [
      [NEAR, 1],
      [EQUAL, 1],
    ],
    judge: (k) => {
      const up = k.gapsUp(1, 2) && k.gapsUp(0, 2);
      const down = k.gapsDown(1, 2) && k.gapsDown(0, 2);
      const near = k.length(NEAR, 1);
      const alike = k.body(0) >= k.body(1) - near && k.body(0) <= k.body(1) + near && k.equal(k.open(0), k.open(1), 1);
      return when((up || down) && k.white(1) && k.white(0) && alike, up ? 100 : -100);
    },
  },
  {
    name: 'TASUKIGAP',
    before: 2,
    uses: [[NEAR, 1]],
    judge: (k) => {
      const alike = Math.abs(k.body(1) - k.body(0)) < k.length(NEAR, 1);
      const within = k.open(0) < k.top(1) && k.open(0) > k.bottom(1);
      const up = k.gapsUp(1, 2) && k.white(1) && k.black(0) && k.close(0) < k.open(1) && k.close(0) > k.top(2);
      const down = k.gapsDown(1, 2) && k.black(1) && k.white(0) && k.close(0) > k.open(1) && k.close(0) < k.bottom(2);
      return when(alike && within && (up || down), 100 * k.color(1));
    },
  },
  {
    name: 'XSIDEGAP3METHODS',
    before: 2,
    uses: [],
    judge: (k) =>
      when(
        k.color(2) === k.color(1) &&
          k.color(1) === -k.color(0) &&
          k.open(0) < k.top(1) &&
          k.open(0) > k.bottom(1) &&
          k.close(0) < k.top(2) &&
          k.close(0) > k.bottom(2) &&
          (k.white(2) ? k.gapsUp(1, 2) : k.gapsDown(1, 2)),
        100 * k.color(2),
      ),
  },
]);
