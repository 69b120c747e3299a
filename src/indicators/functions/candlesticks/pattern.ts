import { type FunctionDefinition, type FunctionParameters, factor, group } from '../definition.js';
import { Candles, type SettingUse } from './candles.js';

/** 100 (bullish), −100 (bearish), 80 and −80 where only just, 0 where the pattern is not there. */
export type Judge = (candles: Candles, penetration: number) => number;

interface Shape {
  readonly name: string;
  /** Candles of the pattern before today's; TA-Lib counts one more for some. */
  readonly before: number;
  readonly uses: readonly SettingUse[];
  /** The default of how far into the body of a candle a later one has to reach, as a share of it. */
  readonly penetration?: number;
  readonly judge: Judge;
}

export const OHLC = ['open', 'high', 'low', 'close'] as const;

/** The bars a pattern needs before today's. */
export function patternLookback(before: number, uses: readonly SettingUse[]): number {
  return before + Math.max(0, ...uses.map(([{ bars }]) => bars));
}

/** Candlestick patterns under TA-Lib's names. */
export function patterns(shapes: readonly Shape[]): FunctionDefinition[] {
  return group(
    'pattern',
    shapes.map(({ name, before, uses, penetration, judge }) => {
      const first = patternLookback(before, uses);
      return {
        name: `CDL${name}`,
        inputs: OHLC,
        outputs: ['integer'],
        parameters: penetration === undefined ? [] : [factor('penetration', penetration, 0)],
        lookback: () => first,
        step: (p: FunctionParameters) => {
          const candles = new Candles(uses, first);
          return (bar, out) => {
            if (candles.push(bar) >= first) out[0] = judge(candles, p.penetration);
          };
        },
      };
    }),
  );
}

/** The value where the conditions of a pattern hold. */
export const when = (holds: boolean, value: number): number => (holds ? value : 0);
