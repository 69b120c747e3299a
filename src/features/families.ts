import type { AnyFamily } from './feature-family.js';
import { PRICE_VOLUME } from './price-volume.js';
import { TECHNICAL } from './technical.js';
import { TREND } from './trend.js';

/** Every built-in family, in the order of the panel. */
export const FAMILIES: readonly AnyFamily[] = [...PRICE_VOLUME, ...TECHNICAL, ...TREND];
