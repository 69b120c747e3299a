import { expect } from 'vitest';
import { CandlenetError, formatDay } from '../../util/index.js';
import { checkMarketTables } from '../check-tables.js';
import { isPlausibleDay, isPlausibleFactor, isPlausiblePrice, MOST_AMOUNT, MOST_SHARES } from '../plausible.js';
import type { MarketTables } from '../types.js';

const isQuantity = (value: number, most: number) => Number.isNaN(value) || (value >= 0 && value <= most);

/** Nothing in the market is what no market can hold, whatever its source said. */
export function expectSound(market: MarketTables): void {
  checkMarketTables(market);
  const { bars, members, benchmarks } = market;
  for (const date of bars.dates) expect(isPlausibleDay(date), `session ${date}`).toBe(true);
  const wrong = (what: string, cell: number) =>
    `${what} of ${bars.symbols[Math.floor(cell / bars.dates.length)]} ${formatDay(bars.dates[cell % bars.dates.length])}`;
  for (let c = 0; c < bars.close.length; c++) {
    const prices = [bars.open[c], bars.high[c], bars.low[c], bars.close[c]];
    if (prices.every(Number.isNaN)) continue;
    const [open, high, low, close] = prices;
    expect(prices.every(isPlausiblePrice), `${wrong('prices', c)}: ${prices}`).toBe(true);
    const ordered = low * (1 - 1e-6) <= Math.min(open, close) && high * (1 + 1e-6) >= Math.max(open, close);
    expect(ordered, `${wrong('prices', c)}: ${prices}`).toBe(true);
    expect(isPlausibleFactor(bars.adjFactor[c]), `${wrong('factor', c)}: ${bars.adjFactor[c]}`).toBe(true);
    expect(isQuantity(bars.volume[c], MOST_SHARES), `${wrong('volume', c)}: ${bars.volume[c]}`).toBe(true);
    if (bars.amount)
      expect(isQuantity(bars.amount[c], MOST_AMOUNT), `${wrong('amount', c)}: ${bars.amount[c]}`).toBe(true);
  }
  const spans = members.map(({ index, symbol, from, to }) => `${index} ${symbol} ${from} ${to}`);
  expect(new Set(spans).size, 'a membership twice').toBe(spans.length);
  for (const { open, high, low, close } of benchmarks) {
    for (let d = 0; d < close.length; d++) {
      for (const level of [open[d], high[d], low[d], close[d]]) {
        expect(Number.isNaN(level) || isPlausiblePrice(level), `benchmark level ${level}`).toBe(true);
      }
    }
  }
}

/** Either a market in which nothing is impossible, or one line of the importer's own that names a file of `folder`. */
export async function expectRefusedOrSound(made: Promise<MarketTables>, folder: string): Promise<'refused' | 'sound'> {
  let market: MarketTables;
  try {
    market = await made;
  } catch (error) {
    expect(error).toBeInstanceOf(CandlenetError);
    const { exitStatus, message } = error as CandlenetError;
    expect([exitStatus, message]).toEqual([2, expect.stringContaining(folder)]);
    expect(message).not.toMatch(/[\n\r\0]/);
    return 'refused';
  }
  expectSound(market);
  return 'sound';
}
