import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseConfig, prepareExperiment } from '../../src/experiment/index.js';
import { generateMarket, type MarketTables, openMarketStore, writeMarketStore } from '../../src/market/index.js';
import { createRng, indexAsOf, parseDay } from '../../src/util/index.js';

/**
 * The same market twice, once with every bar after the end of the validation period turned to noise: whatever was known
 * by then must come out the same bits.
 */
const CUT = parseDay('2017-05-31');
const folder = mkdtempSync(join(tmpdir(), 'candlenet-leakage-'));
afterAll(() => rmSync(folder, { recursive: true }));

const config = parseConfig(
  {
    market: { store: 'unused', index: 'synthetic' },
    split: {
      train: ['2016-01-04', '2016-12-30'],
      validate: ['2017-01-02', '2017-05-31'],
      test: ['2017-06-01', '2017-10-31'],
    },
    training: { timeShift: { maxSessions: 3 } },
  },
  'leakage test',
);

function withNoiseAfter(market: MarketTables, day: number): MarketTables {
  const rng = createRng('noise after the cut');
  const { bars } = market;
  const days = bars.dates.length;
  const first = indexAsOf(bars.dates, day) + 1;
  const noisy = {
    ...bars,
    open: bars.open.slice(),
    high: bars.high.slice(),
    low: bars.low.slice(),
    close: bars.close.slice(),
    volume: bars.volume.slice(),
  };
  for (let s = 0; s < bars.symbols.length; s++) {
    for (let cell = s * days + first; cell < (s + 1) * days; cell++) {
      if (Number.isNaN(bars.close[cell]) || bars.suspended[cell] === 1) continue;
      const price = 5 + 20 * rng.uniform();
      noisy.open[cell] = price;
      noisy.close[cell] = price * (1 + 0.02 * rng.normal());
      noisy.high[cell] = Math.max(noisy.open[cell], noisy.close[cell]) * 1.01;
      noisy.low[cell] = Math.min(noisy.open[cell], noisy.close[cell]) * 0.99;
      noisy.volume[cell] = Math.round(1e6 * (0.5 + rng.uniform()));
    }
  }
  return { ...market, bars: noisy };
}

async function prepared(name: string, market: MarketTables) {
  const store = join(folder, name);
  await writeMarketStore(store, market);
  return prepareExperiment(config, await openMarketStore(store));
}

let real: Awaited<ReturnType<typeof prepared>>;
let noisy: Awaited<ReturnType<typeof prepared>>;
beforeAll(async () => {
  const market = generateMarket({ kind: 'planted', symbols: 10, days: 480, seed: 2 });
  real = await prepared('real', market);
  noisy = await prepared('noisy', withNoiseAfter(market, CUT));
});

describe('an experiment whose future is turned to noise', () => {
  it('differs in the future, or the test would prove nothing', () => {
    expect(noisy.panel.values).not.toEqual(real.panel.values);
    expect(noisy.store.manifest.contentHash).not.toBe(real.store.manifest.contentHash);
  });

  it('keeps its scaler', () => {
    expect(noisy.scaler).toEqual(real.scaler);
  });

  it('keeps its training and validation samples and their labels', () => {
    expect(noisy.data.train).toEqual(real.data.train);
    expect(noisy.data.validation).toEqual(real.data.validation);
  });

  it('keeps every feature, and the universe, up to the cut', () => {
    const { dates, symbols, columns } = real.panel;
    const cut = indexAsOf(dates, CUT) + 1;
    const width = columns.length;
    for (let s = 0; s < symbols.length; s++) {
      const from = s * dates.length;
      const rows = (panel: typeof real.panel) => panel.values.slice(from * width, (from + cut) * width);
      expect(rows(noisy.panel)).toEqual(rows(real.panel));
      expect(noisy.universe.slice(from, from + cut)).toEqual(real.universe.slice(from, from + cut));
    }
  });
});

describe('time shift', () => {
  it('moves training windows to earlier ones of the same stock only, whole and known on the sample’s day', () => {
    const { data, panel } = real;
    const { rows, maxShift } = data.train;
    const days = panel.dates.length;
    expect(new Set(maxShift)).toContain(3);
    rows.forEach((row, i) => {
      const earliest = row - maxShift![i] - data.window + 1;
      expect(maxShift![i]).toBeLessThanOrEqual(3);
      expect(Math.floor(earliest / days)).toBe(Math.floor(row / days));
      expect(panel.complete.subarray(earliest, row + 1).every((complete) => complete === 1)).toBe(true);
    });
  });

  it('leaves validation and test samples where they are', () => {
    expect(real.data.validation.maxShift).toBeUndefined();
  });
});

describe('purging', () => {
  it('leaves no training label that reaches into validation, and no validation label that reaches into the test', () => {
    const { labels, fold, bars, data } = real;
    const days = bars.dates.length;
    const reach = (rows: Int32Array) => Math.max(...rows.map((row) => (row % days) + labels.reachDays));
    expect(reach(data.train.rows)).toBe(fold.validate.first - 1);
    expect(reach(data.validation.rows)).toBe(fold.test[0].first - 1);
  });
});
