import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runBacktest, type TargetWeights } from '../../src/backtest/index.js';
import { type Artefact, type ExperimentInput, prepareExperiment, runExperiment } from '../../src/experiment/index.js';
import { cleanSeries, createFindingTally, type InstrumentSeries } from '../../src/market/cleaning/index.js';
import {
  closingInstant,
  MACRO_SERIES,
  type MarketStore,
  macroReleaseDay,
  rulebookByName,
} from '../../src/market/index.js';
import {
  createRng,
  type Day,
  formatDay,
  indexAsOf,
  lowerBound,
  parseDay,
  silentProgress,
} from '../../src/util/index.js';
import { cell, createStores, datesThatDiffer, made, SPLIT, TRAIN_END, traps, withNoiseAfter } from './traps.fixture.js';

/**
 * The eight traps of point-in-time work, by name. Each is asked of the product's own path from a store to what a run makes of
 * it, and fails when its protection is taken out; scripts/prove-traps.mjs takes each of them out.
 */
const stores = createStores();
afterAll(stores.remove);

const { market } = stores;
const { dates, symbols } = market.bars;
let store: MarketStore;
let whole: (name: string) => Artefact;
beforeAll(async () => {
  store = await stores.store();
  whole = await made(store);
});

/** The session after a day. */
const nextSession = (day: Day) => dates[indexAsOf(dates, day) + 1];

describe('trap 1: macro, monthly to daily', () => {
  const { columns } = market.macro!;
  const row = columns.series.findIndex((name, i) => name === 'cpi' && columns.released[i] > parseDay('2017-09-01'));
  const released = columns.released[row];

  it('a figure changes nothing up to the day of its release: no join on its period, no line towards it', async () => {
    const value = columns.value.slice();
    value[row] += 25;
    const other = await made(await stores.store({ macro: { ...market.macro!, columns: { ...columns, value } } }));
    const differ = datesThatDiffer(whole('features'), other('features'));
    expect(columns.period_end[row]).toBeLessThan(released);
    expect(differ[0]).toBe(nextSession(released));
    expect(datesThatDiffer(whole('features'), other('features'), ['CPI'])).toEqual(differ);
  });

  it('the store does not give it before its release', async () => {
    const rows = async (asOf: Day) => {
      const { columns: known, length } = (await store.readMacro({ asOf }))!;
      return Array.from({ length }, (_, i) => i).filter((i) => known.series[i] === 'cpi').length;
    };
    expect(await rows(released)).toBe((await rows(released - 1)) + 1);
  });

  it('where the source has no dates the dated table of lags gives one after the period', () => {
    for (const { series } of MACRO_SERIES.filter(({ frequency }) => frequency !== 'daily')) {
      for (const end of ['2010-01-31', '2015-06-30', '2020-01-31', '2022-09-30'].map((day) => parseDay(day))) {
        expect(macroReleaseDay(series, end), series).toBeGreaterThan(end);
      }
    }
  });
});

describe('trap 2: fundamentals join on the day of their announcement', () => {
  const { columns } = market.fundamentals!;
  const row = columns.field.findIndex(
    (name, i) => name === 'debt_to_assets' && columns.announced[i] > parseDay('2017-08-01') && columns.value[i] > 0.3,
  );
  const announced = columns.announced[row];

  it('a disclosure changes nothing up to the day of its announcement, whatever period it is of', async () => {
    const value = columns.value.slice();
    value[row] = -1e6;
    const other = await made(
      await stores.store({ fundamentals: { ...market.fundamentals!, columns: { ...columns, value } } }),
    );
    const differ = datesThatDiffer(whole('features'), other('features'));
    expect(columns.period_end[row]).toBeLessThan(announced);
    expect(differ[0]).toBe(nextSession(announced));
    expect(datesThatDiffer(whole('features'), other('features'), ['DEBT_TO_ASSETS'])).toEqual(differ);
  });

  it('the store does not give it before its announcement', async () => {
    const { columns: known } = (await store.readFundamentals({ asOf: announced - 1 }))!;
    expect(Math.max(...known.announced)).toBeLessThan(announced);
    expect((await store.readFundamentals({ asOf: announced }))!.columns.announced).toContain(announced);
  });
});

describe('trap 3: statistics know no later day', () => {
  let noisy: (name: string) => Artefact;
  beforeAll(async () => {
    noisy = await made(await withNoiseAfter(store, TRAIN_END));
  });

  it('the scaler is fitted on training days only', () => {
    expect(datesThatDiffer(whole('scaler'), noisy('scaler'))).toEqual([]);
  });

  it('rolling z-scores, ranks across the section and clipping do not know what comes', () => {
    for (const name of ['features', 'standardised features', 'masks', 'universe']) {
      const [first] = datesThatDiffer(whole(name), noisy(name));
      expect(first ?? Number.POSITIVE_INFINITY, name).toBeGreaterThan(TRAIN_END);
    }
    expect(datesThatDiffer(whole('features'), noisy('features')).length).toBeGreaterThan(100);
  });

  it('columns are chosen by training days: one that runs dry later stays, one that starts later is left out', async () => {
    const { columns, length } = market.macro!;
    const rows = Array.from({ length }, (_, i) => i).filter(
      (i) =>
        !(columns.series[i] === 'cpi' && columns.period_end[i] > parseDay('2017-05-01')) &&
        !(columns.series[i] === 'ppi' && columns.period_end[i] < parseDay('2017-04-01')),
    );
    const macro = {
      length: rows.length,
      columns: {
        series: rows.map((i) => columns.series[i]),
        period_end: Int32Array.from(rows, (i) => columns.period_end[i]),
        released: Int32Array.from(rows, (i) => columns.released[i]),
        value: Float64Array.from(rows, (i) => columns.value[i]),
      },
    };
    const { panel, omitted } = await prepareExperiment(traps(), await stores.store({ macro }));
    const names = panel.columns.map(({ name }) => name);
    expect(names).toContain('CPI');
    expect(names).not.toContain('PPI');
    expect(omitted.find(({ name }) => name === 'PPI')?.reason).toContain('missing in training');
  });

  it('gaps are filled and outliers are judged from behind: later bars change no cleaned one', () => {
    const rng = createRng('trap 3');
    const n = 160;
    const close = new Float64Array(n);
    for (let t = 0; t < n; t++) close[t] = (t === 0 ? 10 : close[t - 1]) * Math.exp(0.02 * rng.normal());
    const spoilt = close.map((price) => {
      const u = rng.uniform();
      return u < 0.08 ? Number.NaN : u < 0.12 ? -price : u < 0.16 ? 5 * price : price;
    });
    const cleaned = (length: number): InstrumentSeries => {
      const prices = () => spoilt.slice(0, length);
      const series: InstrumentSeries = {
        symbol: 'SH600000',
        board: 'main',
        exchange: 'SSE',
        dates: dates.slice(0, length),
        open: prices(),
        high: prices(),
        low: prices(),
        close: prices(),
        volume: new Float64Array(length).fill(1e5),
        amount: null,
        factor: new Float64Array(length).fill(1),
        change: null,
        suspended: new Uint8Array(length),
        flags: new Uint8Array(length),
        startsWithListing: false,
      };
      cleanSeries(series, rulebookByName('cn-a-share'), createFindingTally());
      return series;
    };
    const all = cleaned(n);
    expect(all.close).not.toEqual(spoilt);
    expect(all.flags.some((flag) => flag > 0)).toBe(true);
    for (let length = 1; length < n; length++) {
      const known = cleaned(length);
      for (const column of ['open', 'close', 'volume', 'factor', 'suspended', 'flags'] as const) {
        expect(known[column], `${column}, ${length} sessions`).toEqual(all[column].slice(0, length));
      }
    }
  });
});

describe('trap 4: labels that overlap a boundary are purged, by themselves', () => {
  const LABELS: readonly NonNullable<ExperimentInput['label']>[] = [
    { kind: 'volatility', horizonDays: 5 },
    { kind: 'threshold', horizonDays: 1 },
    { kind: 'quantile', horizonDays: 10 },
    { kind: 'triple-barrier', horizonDays: 8 },
  ];

  it.each(LABELS)(
    '$kind $horizonDays: what trains and validates does not change with the days that follow',
    async (label) => {
      const config = traps({ label, features: { groups: ['price-volume'] } });
      const real = await prepareExperiment(config, store);
      const { fold } = real;
      for (const [name, next] of [
        ['train', fold.validate],
        ['validation', fold.test[0]],
      ] as const) {
        // The last day of the period itself is known; the first open of the next one is not.
        const noisy = await prepareExperiment(config, await withNoiseAfter(store, dates[next.first - 1]));
        expect(noisy.data[name].classes, name).toEqual(real.data[name].classes);
        expect(noisy.data[name].rows, name).toEqual(real.data[name].rows);
        const last = Math.max(...real.data[name].rows.map((row) => row % real.panel.dates.length));
        expect(last + real.labels.reachDays, name).toBe(next.first - 1);
      }
    },
  );

  it('an embargo leaves as many days free on top of it', async () => {
    const last = async (embargoDays: number) =>
      (await prepareExperiment(traps({ split: { ...SPLIT, embargoDays } }), store)).fold.train[0].last;
    expect(await last(7)).toBe((await last(0)) - 7);
  });
});

describe('trap 5: a signal of the close trades no earlier than the next open', () => {
  const period = { from: parseDay('2018-01-02'), to: parseDay('2018-03-30') };
  const all = { rulebook: rulebookByName('cn-a-share'), costs: { model: 'full' } as const, initialCapital: 1e6 };

  it.each(['open', 'vwap', 'close'] as const)('at the next session’s %s', (fillPrice) => {
    const asked: Day[] = [];
    const { orders, fills } = runBacktest({
      ...{ ...all, ...period, fillPrice, bars: market.bars, instruments: market.instruments },
      policy: {
        name: 'the day’s winner',
        start:
          () =>
          (context): TargetWeights => {
            asked.push(context.date);
            const t = context.session;
            const rise = symbols.map(
              (_, s) => market.bars.close[s * dates.length + t] / market.bars.open[s * dates.length + t],
            );
            const best = rise.reduce((top, value, s) => (value > rise[top] ? s : top), 0);
            return { signalDate: context.date, weights: new Map([[symbols[best], 0.9]]) };
          },
      },
    });
    expect(asked[0]).toBe(dates[lowerBound(dates, period.from) - 1]);
    expect(orders.length).toBeGreaterThan(20);
    const { signal_date: signal, trade_date: trade } = orders.columns;
    for (let i = 0; i < orders.length; i++) expect(formatDay(trade[i])).toBe(formatDay(nextSession(signal[i])));
    expect(fills.length).toBeGreaterThan(20);
    const { columns: fill } = fills;
    for (let i = 0; i < fills.length; i++) {
      const at = symbols.indexOf(fill.symbol[i]) * dates.length + indexAsOf(dates, fill.date[i]);
      if (fillPrice !== 'vwap') expect(fill.price[i]).toBeCloseTo(market.bars[fillPrice][at], 2);
      expect(asked).toContain(dates[indexAsOf(dates, fill.date[i]) - 1]);
    }
  });
});

describe('trap 6: the universe of a day is the index as it was on that day', () => {
  const joins = market.members.find(({ from }) => from > dates[0])!;
  const leaves = market.members.find(({ to }) => to < dates[dates.length - 1])!;

  it('who joins later is no member before, who leaves is none after, and samples follow', async () => {
    const member = (symbol: string, day: Day) => cell(whole('universe'), symbol, day, 'member');
    expect([member(joins.symbol, joins.from - 1), member(joins.symbol, joins.from)]).toEqual([0, 1]);
    expect([member(leaves.symbol, leaves.to), member(leaves.symbol, nextSession(leaves.to))]).toEqual([1, 0]);
    const { data, testRows, panel } = await prepareExperiment(traps(), store);
    const days = (symbol: string) =>
      [...data.train.rows, ...data.validation.rows, ...testRows]
        .filter((row) => panel.symbols[Math.floor(row / panel.dates.length)] === symbol)
        .map((row) => panel.dates[row % panel.dates.length]);
    expect(Math.min(...days(joins.symbol))).toBeGreaterThanOrEqual(joins.from);
    expect(Math.max(...days(leaves.symbol))).toBeLessThanOrEqual(leaves.to);
  });

  it('ranks are taken among the members of the day', async () => {
    const members = market.members.filter((spell) => spell !== joins);
    const other = await made(await stores.store({ members }));
    const differ = datesThatDiffer(whole('features'), other('features'));
    expect(differ[0]).toBeGreaterThanOrEqual(joins.from);
    expect(differ.length).toBeGreaterThan(20);
  });

  it('the store tells neither who will join nor who will leave', async () => {
    const known = await store.readMembers({ asOf: joins.from - 1 });
    expect(known.map(({ symbol }) => symbol)).not.toContain(joins.symbol);
    const stays = (await store.readMembers({ asOf: leaves.to - 1 })).find(({ symbol }) => symbol === leaves.symbol);
    expect(stays?.to).toBe(leaves.to - 1);
  });

  it('who is delisted later stays in until then, with screening too', async () => {
    const cut = parseDay('2017-09-01');
    const gone = market.instruments.map((one) =>
      one.symbol === symbols[0] ? { ...one, delistDate: nextSession(cut) } : one,
    );
    const screened = traps({ screening: {} });
    const other = await made(await stores.store({ instruments: gone }), screened);
    const [first] = datesThatDiffer((await made(store, screened))('universe'), other('universe'));
    expect(first ?? Number.POSITIVE_INFINITY).toBeGreaterThan(cut);
    expect(cell(other('universe'), symbols[0], cut, 'member')).toBe(1);
  });
});

describe('trap 7: news after the close belong to the next session', () => {
  const { columns } = market.news!;
  const day = parseDay('2017-09-15');
  const close = closingInstant('cn-a-share', day);
  const row = columns.symbol.findIndex((symbol, i) => symbol === symbols[0] && columns.published[i] > close);

  /** Sessions whose features change when a piece of news appears at an instant instead of at the close before the last session. */
  async function touched(published: number): Promise<Day[]> {
    const at = (instant: number) => {
      const moved = columns.published.slice();
      moved[row] = instant;
      return stores.store({ news: { ...market.news!, columns: { ...columns, published: moved } } });
    };
    const away = await made(await at(closingInstant('cn-a-share', dates[dates.length - 2])));
    return datesThatDiffer(away('features'), (await made(await at(published)))('features'), ['NEWS_COUNT']);
  }

  it('15:00 is the session’s own, a minute later the next one’s; of a Friday night, Monday’s', async () => {
    expect(formatDay(day)).toBe('2017-09-15');
    expect((await touched(close))[0]).toBe(day);
    const [late] = await touched(close + 60_000);
    expect(formatDay(late)).toBe('2017-09-18');
  });

  it('the store gives none after the close it is asked at', async () => {
    const week = [parseDay('2017-09-11'), parseDay('2017-09-12'), parseDay('2017-09-13'), parseDay('2017-09-14')];
    let late = 0;
    for (const asOf of week) {
      const [known, later] = [await store.readNews({ asOf }), await store.readNews({ asOf: asOf + 1 })];
      const shut = closingInstant('cn-a-share', asOf);
      expect(Math.max(...known!.columns.published)).toBeLessThanOrEqual(shut);
      if (Math.max(...later!.columns.published) > shut) late++;
    }
    expect(late).toBeGreaterThan(0);
  });
});

describe('trap 8: the test period is opened once, and every look is counted', () => {
  const runsFolder = join(stores.folder, 'runs');
  const run = (seed: number) => {
    const config = traps({
      features: { groups: ['price-volume'] },
      model: { name: 'cnn', filters: [4, 4] } as ExperimentInput['model'],
      training: { workers: 1, maxEpochs: 1, batchSize: 64, seed },
      placebos: { shuffledLabels: false, randomPortfolios: 1 },
      baselines: { logisticRegression: false },
    });
    return runExperiment({ config, storePath: store.dir } as Parameters<typeof runExperiment>[0], {
      runsFolder,
      progress: silentProgress,
    });
  };

  it('no sample of it trains or validates', async () => {
    const { data, fold, panel } = await prepareExperiment(traps(), store);
    for (const { rows } of [data.train, data.validation]) {
      expect(Math.max(...rows.map((one) => one % panel.dates.length))).toBeLessThan(fold.test[0].first);
    }
  });

  it('a run says how many runs have opened it, deleted ones too', async () => {
    const first = await run(1);
    expect(first.report.provenance.timesTestOpened).toBe(1);
    rmSync(first.folder, { recursive: true });
    expect((await run(2)).report.provenance.timesTestOpened).toBe(2);
  });
});
