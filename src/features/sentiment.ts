import { bbands, macd, rsi } from '../indicators/index.js';
import type { FeatureFamily } from './feature-family.js';
import type { FeatureColumn } from './types.js';

const OVERSOLD = 30;
const OVERBOUGHT = 70;

const column = (name: string, formula: string, lookback: number): FeatureColumn => ({
  name,
  group: 'sentiment',
  formula,
  source: 'paper, section 3.1.2: market sentiment',
  lookback,
});

/** −1 oversold, 1 overbought, 0 between. */
const zone = (value: number) => (Number.isNaN(value) ? value : value < OVERSOLD ? -1 : value > OVERBOUGHT ? 1 : 0);

/** 1 on the day the line comes to stand above its signal, −1 on the day it comes to stand below, 0 on any other. */
function crossings(histogram: Float64Array): Float64Array {
  return histogram.map((value, i) => {
    const before = i === 0 ? Number.NaN : histogram[i - 1];
    if (Number.isNaN(value) || Number.isNaN(before)) return Number.NaN;
    return value > 0 && before <= 0 ? 1 : value < 0 && before >= 0 ? -1 : 0;
  });
}

/** The paper's market-sentiment factor and its three parts, from the instrument's own prices. */
export const SENTIMENT: readonly FeatureFamily[] = [
  {
    needsAmount: false,
    columns: [
      column('RSI_ZONE', `−1 where RSI(close, 14) < ${OVERSOLD}, 1 where > ${OVERBOUGHT}, else 0; recursive`, 15),
      column('BBANDS_POSITION', '(close − lower) / (upper − lower) of BBANDS(close, 20, 2, 2); 0.5 without width', 20),
      column(
        'MACD_CROSSING',
        '1 where MACD(close, 12, 26, 9) rises above its signal, −1 where it falls below; recursive',
        35,
      ),
      column('SENTIMENT', '(RSI_ZONE + (2 × BBANDS_POSITION − 1) + MACD_CROSSING) / 3; recursive', 35),
    ],
    compute: ({ close }) => {
      const zones = rsi(close).map(zone);
      const { upper, lower } = bbands(close);
      const position = close.map((value, i) =>
        upper[i] === lower[i] ? 0.5 : (value - lower[i]) / (upper[i] - lower[i]),
      );
      const crossed = crossings(macd(close).histogram);
      const factor = zones.map((value, i) => (value + 2 * position[i] - 1 + crossed[i]) / 3);
      return [zones, position, crossed, factor];
    },
  },
];
