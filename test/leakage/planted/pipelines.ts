import type { Artefact, AuditedPipeline, Provenance } from '../../../src/experiment/index.js';
import { buildPanel, fitScaler, labelThreshold, NO_LABEL, rowsWithin } from '../../../src/features/index.js';
import { type BarMatrix, type MarketStore, universeMask } from '../../../src/market/index.js';
import { createRng, type Day, indexAsOf, lowerBound, parseDay } from '../../../src/util/index.js';

/** A pipeline as a user may write it, with a leak or without, from the bars of the store. */
type Build = (
  store: MarketStore,
  bars: BarMatrix,
) => Promise<{ readonly artefact: Artefact; readonly provenance?: Provenance }>;

export const pipeline = (name: string, build: Build): AuditedPipeline => ({
  name,
  async build(store) {
    const { artefact, provenance } = await build(store, await store.readBars({ asOf: store.lastDay }));
    return { artefacts: [artefact], provenance };
  },
});

const grid = ({ symbols, dates }: BarMatrix, column: string, values: Float64Array | Uint8Array): Artefact => ({
  name: values instanceof Uint8Array ? 'universe' : 'features',
  symbols,
  dates,
  columns: [column],
  values,
  ...(values instanceof Uint8Array && { absent: 0 }),
});

/** One feature, made of one series a symbol. */
function perSymbol(column: string, compute: (close: Float64Array, factor: Float64Array) => Float64Array): Build {
  return async (_store, bars) => {
    const days = bars.dates.length;
    const values = new Float64Array(bars.symbols.length * days);
    for (let first = 0; first < values.length; first += days) {
      const part = (all: Float64Array) => all.subarray(first, first + days);
      values.set(compute(part(bars.close), part(bars.adjFactor)), first);
    }
    return { artefact: grid(bars, column, values) };
  };
}

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
const finite = (values: Float64Array) => values.filter(Number.isFinite);
const zScore = (value: number, sample: Float64Array) => {
  const centre = mean(sample);
  return (value - centre) / Math.sqrt(mean(sample.map((x) => (x - centre) ** 2)));
};

/** Mean over five sessions, the last of them `ahead` sessions after the row's. */
export const movingMean = (ahead: number) =>
  perSymbol('mean of 5', (close) => close.map((_, t) => mean(close.slice(Math.max(0, t + ahead - 4), t + ahead + 1))));

export const standardised = (sample: 'whole' | 'past') =>
  perSymbol('z-score', (close) => {
    const all = finite(close);
    const centre = mean(all);
    const deviation = Math.sqrt(mean(all.map((price) => (price - centre) ** 2)));
    if (sample === 'whole') return close.map((price) => (price - centre) / deviation);
    return close.map((price, t) => zScore(price, finite(close.slice(Math.max(0, t - 19), t + 1))));
  });

/** Prices at the level of the last day, or of the first. */
export const adjustedLevel = (direction: 'forward' | 'back') =>
  perSymbol('adjusted close', (close, factor) => {
    const last = finite(factor).at(-1) ?? 1;
    return close.map((price, t) => (price * factor[t]) / (direction === 'forward' ? last : 1));
  });

/** A source that lost every third price or so, and the gaps filled from the one side or the other. */
export const filled = (from: 'behind' | 'ahead') =>
  perSymbol('filled close', (close) => {
    const rng = createRng('lost prices');
    const lost = close.map((price) => (rng.uniform() < 0.35 ? Number.NaN : price));
    const order = Array.from(lost, (_, t) => (from === 'behind' ? t : lost.length - 1 - t));
    let last = Number.NaN;
    for (const t of order) last = lost[t] = Number.isNaN(lost[t]) ? last : lost[t];
    return lost;
  });

/** The latest value by a date of each row; later rows of one date win. */
function latest(days: ArrayLike<number>, values: ArrayLike<number>, dates: Int32Array): Float64Array {
  const order = Array.from(days, (_, row) => row).sort((a, b) => days[a] - days[b]);
  const known = Int32Array.from(order, (row) => days[row]);
  return Float64Array.from(dates, (date) => {
    const at = indexAsOf(known, date);
    return at < 0 ? Number.NaN : values[order[at]];
  });
}

export const fundamental =
  (key: 'period_end' | 'announced'): Build =>
  async (store, bars) => {
    const { columns } = (await store.readFundamentals({ asOf: store.lastDay }))!;
    const parts = bars.symbols.map((symbol) => {
      const rows = columns.symbol.flatMap((one, row) => (one === symbol ? [row] : []));
      return latest(
        rows.map((row) => columns[key][row]),
        rows.map((row) => columns.value[row]),
        bars.dates,
      );
    });
    // A company discloses before it is listed; who will be listed is not known then.
    const values = bars.close.map((price, cell) =>
      price > 0 ? parts[Math.floor(cell / bars.dates.length)][cell % bars.dates.length] : Number.NaN,
    );
    return { artefact: grid(bars, 'roe', values) };
  };

const onDates = (dates: Int32Array, column: string, values: Float64Array): Artefact => ({
  name: 'features',
  symbols: [''],
  dates,
  columns: [column],
  values,
});

export const macro =
  (key: 'period_end' | 'released'): Build =>
  async (store, { dates }) => {
    const { columns } = (await store.readMacro({ asOf: store.lastDay }))!;
    return { artefact: onDates(dates, 'cpi', latest(columns[key], columns.value, dates)) };
  };

/** A line from one release to the next: towards the value to come, or from the one before to the latest. */
export const interpolated =
  (towards: 'next' | 'latest'): Build =>
  async (store, { dates }) => {
    const { released, value } = (await store.readMacro({ asOf: store.lastDay }))!.columns;
    const values = Float64Array.from(dates, (date) => {
      const i = indexAsOf(released, date);
      const [from, to] = towards === 'next' ? [value[i], value[i + 1]] : [value[i - 1], value[i]];
      const length = towards === 'next' ? released[i + 1] - released[i] : 31;
      return i < 1 || to === undefined ? Number.NaN : from + ((to - from) * (date - released[i])) / length;
    });
    return { artefact: onDates(dates, 'cpi', values) };
  };

export const members =
  (of: 'today' | 'each day'): Build =>
  async (store, bars) => {
    const spells = await store.readMembers({ asOf: store.lastDay });
    const today = spells.filter(({ to }) => to >= store.lastDay).map((spell) => ({ ...spell, from: bars.dates[0] }));
    const mask = universeMask(of === 'today' ? today : spells, 'synthetic', bars);
    return { artefact: grid(bars, 'member', mask) };
  };

/** Leaves out those that were delisted: from then on, or altogether. */
export const survivors =
  (screened: 'altogether' | 'from then on'): Build =>
  async (store, bars) => {
    const ends = new Map(
      (await store.readInstruments({ asOf: store.lastDay })).map((one) => [one.symbol, one.delistDate]),
    );
    const days = bars.dates.length;
    const mask = Uint8Array.from(bars.close, (price, cell) => {
      const end = ends.get(bars.symbols[Math.floor(cell / days)]) ?? null;
      const gone = end !== null && (screened === 'altogether' || bars.dates[cell % days] > end);
      return price > 0 && !gone ? 1 : 0;
    });
    return { artefact: grid(bars, 'kept', mask) };
  };

export const PERIODS = {
  train: [parseDay('2016-06-01'), parseDay('2017-03-31')],
  validate: [parseDay('2017-04-03'), parseDay('2017-08-31')],
  test: [parseDay('2017-09-01'), parseDay('2017-12-29')],
} as const satisfies Record<string, readonly [Day, Day]>;

/** Labels of training samples, for a purge of so many sessions. */
export const trainingLabels =
  (purge: number): Build =>
  async (_store, bars) => {
    const labels = labelThreshold(bars, { horizonDays: 5, theta: 0.01 });
    const days = bars.dates.length;
    const last = indexAsOf(bars.dates, PERIODS.train[1]) - purge;
    const first = lowerBound(bars.dates, PERIODS.train[0]);
    const classes = labels.classes.map((label, cell) =>
      cell % days >= first && cell % days <= last ? label : NO_LABEL,
    );
    const sampled = classes.reduce(
      (latest, label, cell) => (label === NO_LABEL ? latest : Math.max(latest, cell % days)),
      0,
    );
    const nextFirst = lowerBound(bars.dates, PERIODS.validate[0]);
    return {
      artefact: {
        ...grid(bars, 'label', classes),
        name: 'training labels',
        absent: NO_LABEL,
        knownFrom: PERIODS.train[1],
      },
      provenance: { boundaries: [{ name: 'train', lastSample: sampled, nextFirst, reach: labels.reachDays }] },
    };
  };

/** Buys whatever rose most, so many sessions after the close that says so. */
export const momentumTrades =
  (delay: number): Build =>
  async (_store, bars) => {
    const days = bars.dates.length;
    const values = new Float64Array(bars.close.length).fill(Number.NaN);
    const trades: { symbol: string; signal: Day; traded: Day }[] = [];
    for (let t = 20; t + delay < days; t += 5) {
      const rise = bars.symbols.map((_, s) => bars.close[s * days + t] / bars.close[s * days + t - 20]);
      const best = rise.reduce((top, value, s) => (value > rise[top] || Number.isNaN(rise[top]) ? s : top), 0);
      values[best * days + t + delay] = 100;
      trades.push({ symbol: bars.symbols[best], signal: bars.dates[t], traded: bars.dates[t + delay] });
    }
    return { artefact: { ...grid(bars, 'shares', values), name: 'orders' }, provenance: { trades } };
  };

/** A scaler that says it was fitted on training. */
export const scaler =
  (fittedOn: 'train' | 'train and validate'): Build =>
  async (_store, bars) => {
    const split = { train: PERIODS.train, validate: PERIODS.validate, test: PERIODS.test };
    const panel = buildPanel(bars, { featureSet: ['price-volume'] });
    const universe = new Uint8Array(bars.close.length).fill(1);
    const to = fittedOn === 'train' ? split.train[1] : split.validate[1];
    const fitted = fitScaler(panel, rowsWithin(panel, universe, { from: split.train[0], to }));
    return {
      artefact: {
        name: 'scaler',
        symbols: [''],
        dates: Int32Array.of(split.train[1]),
        columns: fitted.columns.map((name) => `${name} mean`),
        values: Float64Array.from(fitted.mean),
        knownFrom: split.train[1],
      },
      provenance: { fits: [{ name: 'scaler', fitted: [split.train[0], to], training: split.train }] },
    };
  };
