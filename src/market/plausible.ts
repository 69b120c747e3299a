import { type Day, parseDay } from '../util/index.js';

/*
 * What no market has had: a source that says so is misread or damaged, and is refused, since one such value spoils every sum it
 * enters. The bounds are thousands of times wider than anything quoted, in any currency.
 */

/** The dearest share trades below 10⁶ dollars, 10¹⁰ of the smallest currencies; a price restated for later mergers of shares is higher. */
export const MOST_PRICE = 1e12;
/** A hundred-millionth of the smallest tick of a share; 0 and less are for the cleaning to count. */
export const LEAST_PRICE = 1e-12;
/** The largest market trades some 10¹² shares a day, all together. */
export const MOST_SHARES = 1e16;
/** All the money of the world is some 10¹⁴ dollars, 10¹⁸ and more in the smallest currencies. */
export const MOST_AMOUNT = 1e20;
/** A share that has grown a thousandfold ten times over has a factor of 10³⁰ only where the source is damaged. */
export const MOST_FACTOR = 1e15;
/** New shares for one old, or old for one new: reverse splits of one for some thousands have been. */
export const MOST_SPLIT = 1e6;
/** Of disclosures, ratios and series, in whole units of money or shares. */
export const MOST_VALUE = 1e20;

/** Amsterdam, the oldest exchange, opened in 1602; nothing after the end is known yet. Ends of spells may lie beyond. */
export const EARLIEST_DAY = parseDay('1600-01-01');
export const LATEST_DAY = parseDay('2099-12-31');

export const isPlausiblePrice = (value: number) => value >= LEAST_PRICE && value <= MOST_PRICE;
export const isPlausibleFactor = (value: number) => value >= 1 / MOST_FACTOR && value <= MOST_FACTOR;
export const isPlausibleDay = (day: Day) => day >= EARLIEST_DAY && day <= LATEST_DAY;

export const PRICE_BOUNDS = `a price up to ${MOST_PRICE}`;
export const DAY_BOUNDS = 'a day of 1600 … 2099';
