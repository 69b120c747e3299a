import { ADVANCES } from './advances.js';
import { HIKKAKES } from './hikkake.js';
import { CANDLE_PAIRS } from './pairs.js';
import { SINGLE_CANDLES } from './single.js';
import { CANDLE_TRIPLES } from './triples.js';

/** TA-Lib's candlestick patterns. */
export const CANDLESTICKS = [SINGLE_CANDLES, CANDLE_PAIRS, CANDLE_TRIPLES, ADVANCES, HIKKAKES].flat();
