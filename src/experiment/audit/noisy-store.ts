import type { AsOfWindow, BenchmarkSeries, Instrument, MarketStore, MembershipSpell } from '../../market/index.js';
import { closingInstant } from '../../market/index.js';
import { createRng, type Day, formatDay, indexAsOf, sha256 } from '../../util/index.js';
import { type NoiseSpan, noisyBars } from './noise-bars.js';
import { noisyColumns } from './noise-tables.js';

/**
 * The store with everything dated after a day replaced by seeded noise of the right shape: prices, volumes, factors,
 * suspensions, how long listings and memberships last, actions, the index, disclosures, ratios, macro values, news. The
 * calendar stays, and so does all that was known by the day. Equal seed, equal noise.
 */
export async function noisyStore(store: MarketStore, cut: Day, seed: number): Promise<MarketStore> {
  const sessions = await store.readCalendar({ asOf: store.lastDay });
  const span: NoiseSpan = { sessions, after: indexAsOf(sessions, cut) + 1, seed, cut };
  const until = (asOf: Day, day: Day) => (day > asOf ? asOf : day);
  /** A day after the cut for an end that was not known by it. */
  const randomEnd = (...path: readonly string[]) => {
    const left = sessions.length - span.after;
    return left <= 0 ? store.lastDay : sessions[span.after + createRng(seed, 'end', ...path).int(left)];
  };
  const { manifest } = store;
  return {
    ...store,
    manifest: { ...manifest, contentHash: sha256(manifest.contentHash, 'noise', formatDay(cut), String(seed)) },
    readBars: async (window: AsOfWindow) => noisyBars(await store.readBars(window), span),
    async readMembers({ asOf }) {
      const spells: MembershipSpell[] = [];
      for (const spell of await store.readMembers({ asOf: store.lastDay })) {
        if (spell.to <= cut) spells.push(spell);
        else if (spell.from <= cut) {
          // A member of the day of the cut stays to the end, or leaves on some later day.
          const stays = createRng(seed, 'stays', spell.index, spell.symbol).uniform() < 0.5;
          spells.push({ ...spell, to: until(asOf, stays ? store.lastDay : randomEnd(spell.index, spell.symbol)) });
        } else if (createRng(seed, 'joins', spell.index, spell.symbol).uniform() < 0.5) spells.push(spell);
      }
      return spells
        .filter(({ from }) => from <= asOf)
        .map((spell) => ({ ...spell, to: until(asOf, spell.to) }))
        .filter(({ from, to }) => from <= to);
    },
    async readInstruments({ asOf }) {
      const listed = await store.readInstruments({ asOf });
      return listed.map((one): Instrument => {
        if (one.delistDate !== null && one.delistDate <= cut) return one;
        const ends = createRng(seed, 'delisted', one.symbol).uniform() < 0.3;
        const day = ends ? randomEnd('listing', one.symbol) : null;
        return { ...one, delistDate: day !== null && day <= asOf && day > cut ? day : null };
      });
    },
    readBenchmark: async (index, window) => noisySeries(await store.readBenchmark(index, window), span),
    async readActions(options) {
      const actions = await store.readActions(options);
      return (
        actions?.map((action) => {
          if (action.exDate <= cut) return action;
          const rng = createRng(seed, 'action', action.symbol, action.exDate);
          return { ...action, cash: action.cash * 2 * rng.uniform(), bonus: action.bonus * 2 * rng.uniform() };
        }) ?? null
      );
    },
    async readFundamentals(options) {
      const table = await store.readFundamentals(options);
      return (
        table && noisyColumns(table, (row) => table.columns.announced[row] > cut, ['value'], [seed, 'fundamentals'])
      );
    },
    async readValuations(window) {
      const table = await store.readValuations(window);
      const ratios = ['turnover', 'pe_ttm', 'pb', 'ps_ttm', 'pcf_ttm'] as const;
      return table && noisyColumns(table, (row) => table.columns.date[row] > cut, ratios, [seed, 'valuations']);
    },
    async readMacro(options) {
      const table = await store.readMacro(options);
      return table && noisyColumns(table, (row) => table.columns.released[row] > cut, ['value'], [seed, 'macro']);
    },
    async readNews(options) {
      const table = await store.readNews(options);
      if (table === null) return null;
      const close = closingInstant(manifest.rulebook, cut);
      const later = (row: number) => table.columns.published[row] > close;
      const scored = noisyColumns(table, later, ['score'], [seed, 'news']);
      const replaced = (texts: readonly string[]) => texts.map((text, row) => (later(row) ? `noise ${row}` : text));
      const { title, body } = scored.columns;
      return { ...scored, columns: { ...scored.columns, title: replaced(title), body: replaced(body) } };
    },
    // A generator's truth is the future itself.
    readTruth: async () => null,
  };
}

function noisySeries(series: BenchmarkSeries, { seed, cut }: NoiseSpan): BenchmarkSeries {
  const [open, high, low, close, volume] = [series.open, series.high, series.low, series.close, series.volume].map(
    (column) => column.slice(),
  );
  let last = Number.NaN;
  for (let i = 0; i < series.dates.length; i++) {
    if (series.dates[i] <= cut) {
      if (series.close[i] > 0) last = series.close[i];
      continue;
    }
    const rng = createRng(seed, 'index', series.index, series.dates[i]);
    const base = last > 0 ? last : series.close[i];
    close[i] = base * Math.exp(0.3 * rng.normal());
    open[i] = close[i] * Math.exp(0.01 * rng.normal());
    high[i] = Math.max(open[i], close[i]) * 1.01;
    low[i] = Math.min(open[i], close[i]) * 0.99;
    volume[i] = series.volume[i] * 2 * rng.uniform();
  }
  return { ...series, open, high, low, close, volume };
}
