import { describe, expect, it } from 'vitest';
import { generateMarket } from './generate.js';
import { generateMarketOnThreads } from './market-threads.js';

const options = { kind: 'planted', symbols: 23, days: 500, seed: 8, listingRules: 'full' } as const;

/** Typed arrays by their numbers, whatever memory they lie on. */
const plain = (value: unknown) =>
  JSON.parse(
    JSON.stringify(value, (_, part) => (ArrayBuffer.isView(part) ? Array.from(part as Float64Array, String) : part)),
  );

describe('a synthetic market made by several threads', () => {
  const whole = plain(generateMarket(options));

  it.each([1, 3])('has the bits of the one made at one go, with %i threads', async (workers) => {
    const seen: number[] = [];
    const progress = { start: () => ({ update: (done: number) => seen.push(done), end: () => {} }) };
    const market = await generateMarketOnThreads({ ...options, workers, progress });
    expect(market.bars.close.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(plain(market)).toEqual(whole);
    expect(Math.max(...seen)).toBe(23);
  });

  it('does without truth and dated tables, and without threads where the market is small', async () => {
    const bare = { ...options, withTruth: false, withFacts: false };
    expect(plain(await generateMarketOnThreads({ ...bare, workers: 2 }))).toEqual(plain(generateMarket(bare)));
    expect((await generateMarketOnThreads(bare)).bars.close.buffer).toBeInstanceOf(ArrayBuffer);
  });

  it('refuses what cannot be before it starts a thread', async () => {
    await expect(generateMarketOnThreads({ ...options, symbols: 0 })).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
    });
  });
});
