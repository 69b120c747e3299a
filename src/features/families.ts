import type { AnyFamily } from './feature-family.js';
import { FLAGS } from './flags.js';
import { FUNDAMENTALS } from './fundamentals.js';
import { MACRO } from './macro.js';
import { NEWS } from './news-columns.js';
import { PRICE_VOLUME } from './price-volume.js';
import { SENTIMENT } from './sentiment.js';
import { TECHNICAL } from './technical.js';
import { TREND } from './trend.js';

/** Every built-in family, in the order of the panel. */
export const FAMILIES: readonly AnyFamily[] = [
  ...PRICE_VOLUME,
  ...TECHNICAL,
  ...MACRO,
  ...FUNDAMENTALS,
  ...NEWS,
  ...TREND,
  ...SENTIMENT,
  ...FLAGS,
];
