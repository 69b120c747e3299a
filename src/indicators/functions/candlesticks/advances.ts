import {
  BODY_LONG,
  BODY_SHORT,
  type Candles,
  FAR,
  NEAR,
  type SettingUse,
  SHADOW_LONG,
  SHADOW_SHORT,
  SHADOW_VERY_SHORT,
} from './candles.js';
import { patterns, when } from './pattern.js';

const threeWhite = (k: Candles) =>
  k.white(2) && k.white(1) && k.white(0) && k.close(0) > k.close(1) && k.close(1) > k.close(2);

/** Whether a candle opens higher than the one before, within or near its body. */
const opensWithin = (k: Candles, ago: number) =>
  k.open(ago) > k.open(ago + 1) && k.open(ago) <= k.close(ago + 1) + k.length(NEAR, ago + 1);

/** Whether three rising candles lose their strength. */
function weakens(k: Candles): boolean {
  const near = k.body(1) + k.length(NEAR, 1);
  const shadowed = k.upper(0) > k.length(SHADOW_SHORT, 0) || k.upper(1) > k.length(SHADOW_SHORT, 1);
  return (
    (k.body(1) < k.body(2) - k.length(FAR, 2) && k.body(0) < near) ||
    k.body(0) < k.body(1) - k.length(FAR, 1) ||
    (k.body(0) < k.body(1) && k.body(1) < k.body(2) && shadowed) ||
    (k.body(0) < k.body(1) && k.longUpper(0))
  );
}

const nearTwo: SettingUse = [NEAR, 2, 1];

/** Between open and close of the candle before it, moved out by `NEAR`. */
function opensNear(k: Candles, ago: number): boolean {
  const near = k.length(NEAR, ago + 1);
  return k.open(ago) >= k.bottom(ago + 1) - near && k.open(ago) <= k.top(ago + 1) + near;
}

function small(k: Candles, agos: readonly number[]): boolean {
  return agos.every((ago) => k.shortBody(ago));
}

/** Patterns of three candles or more that advance step by step, and of four and five. */
export const ADVANCES = patterns([
  {
    name: '3BLACKCROWS',
    before: 3,
    uses: [[SHADOW_VERY_SHORT, 2, 1, 0]],
    judge: (k) =>
      when(
        k.white(3) &&
          [2, 1, 0].every((ago) => k.black(ago) && k.noLower(ago)) &&
          k.open(1) < k.open(2) &&
          k.open(1) > k.close(2) &&
          k.open(0) < k.open(1) &&
          k.open(0) > k.close(1) &&
          k.high(3) > k.close(2) &&
          k.close(2) > k.close(1) &&
          k.close(1) > k.close(0),
        -100,
      ),
  },
  {
    name: '3WHITESOLDIERS',
    before: 2,
    uses: [[SHADOW_VERY_SHORT, 2, 1, 0], [BODY_SHORT, 0], [FAR, 2, 1], nearTwo],
    judge: (k) =>
      when(
        threeWhite(k) &&
          k.noUpper(2) &&
          k.noUpper(1) &&
          k.noUpper(0) &&
          opensWithin(k, 1) &&
          opensWithin(k, 0) &&
          k.body(1) > k.body(2) - k.length(FAR, 2) &&
          k.body(0) > k.body(1) - k.length(FAR, 1) &&
          k.body(0) > k.length(BODY_SHORT, 0),
        100,
      ),
  },
  {
    name: 'ADVANCEBLOCK',
    before: 2,
    uses: [[SHADOW_SHORT, 2, 1, 0], [SHADOW_LONG, 0], nearTwo, [FAR, 2, 1], [BODY_LONG, 2]],
    judge: (k) =>
      when(
        threeWhite(k) &&
          opensWithin(k, 1) &&
          opensWithin(k, 0) &&
          k.longBody(2) &&
          k.upper(2) < k.length(SHADOW_SHORT, 2) &&
          weakens(k),
        -100,
      ),
  },
  {
    name: 'STALLEDPATTERN',
    before: 2,
    uses: [[BODY_LONG, 2, 1], [BODY_SHORT, 0], [SHADOW_VERY_SHORT, 1], nearTwo],
    judge: (k) =>
      when(
        threeWhite(k) &&
          k.longBody(2) &&
          k.longBody(1) &&
          k.noUpper(1) &&
          opensWithin(k, 1) &&
          k.shortBody(0) &&
          k.open(0) >= k.close(1) - k.body(0) - k.length(NEAR, 1),
        -100,
      ),
  },
  {
    name: '3LINESTRIKE',
    before: 3,
    uses: [[NEAR, 3, 2]],
    judge: (k) => {
      const one = k.color(1);
      const alike = k.color(3) === k.color(2) && k.color(2) === one && k.color(0) === -one;
      const up = k.close(1) > k.close(2) && k.close(2) > k.close(3) && k.open(0) > k.close(1) && k.close(0) < k.open(3);
      const down =
        k.close(1) < k.close(2) && k.close(2) < k.close(3) && k.open(0) < k.close(1) && k.close(0) > k.open(3);
      return when(alike && opensNear(k, 2) && opensNear(k, 1) && (one === 1 ? up : down), 100 * one);
    },
  },
  {
    name: 'CONCEALBABYSWALL',
    before: 3,
    uses: [[SHADOW_VERY_SHORT, 3, 2, 1]],
    judge: (k) =>
      when(
        [3, 2, 1, 0].every((ago) => k.black(ago)) &&
          [3, 2].every((ago) => k.noLower(ago) && k.noUpper(ago)) &&
          k.gapsDown(1, 2) &&
          k.upper(1) > k.length(SHADOW_VERY_SHORT, 1) &&
          k.high(1) > k.close(2) &&
          k.high(0) > k.high(1) &&
          k.low(0) < k.low(1),
        100,
      ),
  },
  {
    name: 'BREAKAWAY',
    before: 4,
    uses: [[BODY_LONG, 4]],
    judge: (k) => {
      const colors = k.color(4) === k.color(3) && k.color(3) === k.color(1) && k.color(1) === -k.color(0);
      const down =
        k.black(4) &&
        k.gapsDown(3, 4) &&
        [2, 1].every((ago) => k.high(ago) < k.high(ago + 1) && k.low(ago) < k.low(ago + 1)) &&
        k.close(0) > k.open(3) &&
        k.close(0) < k.close(4);
      const up =
        k.white(4) &&
        k.gapsUp(3, 4) &&
        [2, 1].every((ago) => k.high(ago) > k.high(ago + 1) && k.low(ago) > k.low(ago + 1)) &&
        k.close(0) < k.open(3) &&
        k.close(0) > k.close(4);
      return when(k.longBody(4) && colors && (down || up), 100 * k.color(0));
    },
  },
  {
    name: 'LADDERBOTTOM',
    before: 4,
    uses: [[SHADOW_VERY_SHORT, 1]],
    judge: (k) =>
      when(
        [4, 3, 2, 1].every((ago) => k.black(ago)) &&
          [3, 2].every((ago) => k.open(ago + 1) > k.open(ago) && k.close(ago + 1) > k.close(ago)) &&
          k.upper(1) > k.length(SHADOW_VERY_SHORT, 1) &&
          k.white(0) &&
          k.open(0) > k.open(1) &&
          k.close(0) > k.high(1),
        100,
      ),
  },
  {
    name: 'MATHOLD',
    before: 4,
    uses: [
      [BODY_SHORT, 3, 2, 1],
      [BODY_LONG, 4],
    ],
    penetration: 0.5,
    judge: (k, penetration) => {
      const floor = k.close(4) - k.body(4) * penetration;
      return when(
        k.longBody(4) &&
          small(k, [3, 2, 1]) &&
          k.white(4) &&
          k.black(3) &&
          k.white(0) &&
          k.gapsUp(3, 4) &&
          [2, 1].every((ago) => k.bottom(ago) < k.close(4) && k.bottom(ago) > floor) &&
          k.top(2) < k.open(3) &&
          k.top(1) < k.top(2) &&
          k.open(0) > k.close(1) &&
          k.close(0) > Math.max(k.high(3), k.high(2), k.high(1)),
        100,
      );
    },
  },
  {
    name: 'RISEFALL3METHODS',
    before: 4,
    uses: [
      [BODY_SHORT, 3, 2, 1],
      [BODY_LONG, 4, 0],
    ],
    judge: (k) => {
      const sign = k.color(4);
      const colors = [3, 2, 1].every((ago) => k.color(ago) === -sign) && k.color(0) === sign;
      return when(
        k.longBody(4) &&
          small(k, [3, 2, 1]) &&
          k.longBody(0) &&
          colors &&
          [3, 2, 1].every((ago) => k.bottom(ago) < k.high(4) && k.top(ago) > k.low(4)) &&
          k.close(2) * sign < k.close(3) * sign &&
          k.close(1) * sign < k.close(2) * sign &&
          k.open(0) * sign > k.close(1) * sign &&
          k.close(0) * sign > k.close(4) * sign,
        100 * sign,
      );
    },
  },
]);
