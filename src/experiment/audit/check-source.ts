import { type BarMatrix, type MarketStore, resolveIndex } from '../../market/index.js';
import { type Day, formatCount, formatDay, formatPercent } from '../../util/index.js';
import { checkAnnouncements, checkReleases } from './check-release-dates.js';
import type { ProvenanceFinding } from './provenance.js';

/** Relative changes of a factor below this are float32 noise. */
const FACTOR_NOISE = 1e-6;
/** A universe that nobody left for so long is not that of its time. */
const MEMBERSHIP_DAYS = 730;
/**
 * Some 0.5 % of listed companies a year lose their listing at the least (Shanghai and Shenzhen since 2010; more in the
 * United States): with so many instrument-years, to see none has odds below 5 % (e^−3).
 */
const LISTING_YEARS = 600;
const SESSIONS_PER_YEAR = 243;
/** An instrument whose bars end so long before the store's last session is no longer listed. */
const ENDED_SESSIONS = 60;

/** Judges what the store says of its own origin, on all that it holds. */
export async function checkSource(store: MarketStore, index: string | undefined): Promise<ProvenanceFinding[]> {
  const bars = await store.readBars({ asOf: store.lastDay });
  return [
    checkFactors(bars),
    ...(index === undefined ? [] : [await checkMembership(store, index)]),
    await checkListings(store, bars),
    checkAnnouncements(await store.readFundamentals({ asOf: store.lastDay })),
    checkReleases(await store.readMacro({ asOf: store.lastDay })),
  ];
}

/**
 * Back-adjustment starts from the first bar, so that a factor is known on its day; forward adjustment sets the last factor
 * to 1 and writes later dividends into earlier ones.
 */
function checkFactors({ symbols, dates, adjFactor, close }: BarMatrix): ProvenanceFinding {
  const check = 'factor-direction';
  let changing = 0;
  let endAtOne = 0;
  for (let s = 0; s < symbols.length; s++) {
    let last = Number.NaN;
    let changes = false;
    for (let cell = s * dates.length; cell < (s + 1) * dates.length; cell++) {
      if (!(close[cell] > 0 && adjFactor[cell] > 0)) continue;
      if (Math.abs(adjFactor[cell] / last - 1) > FACTOR_NOISE) changes = true;
      last = adjFactor[cell];
    }
    if (!changes) continue;
    changing++;
    if (Math.abs(last - 1) <= FACTOR_NOISE) endAtOne++;
  }
  if (changing === 0) return { check, status: 'unknown', detail: 'no factor changes' };
  const detail = `of ${formatCount(changing)} instruments whose factor changes, ${formatCount(endAtOne)} end at 1`;
  return { check, status: endAtOne === changing ? 'fail' : 'pass', detail };
}

async function checkMembership(store: MarketStore, index: string): Promise<ProvenanceFinding> {
  const check = 'dated-membership';
  const all = await store.readMembers({ asOf: store.lastDay });
  const key = resolveIndex(index, [...new Set(all.map((spell) => spell.index))]);
  const spells = all.filter((spell) => spell.index === key);
  const span = store.lastDay - store.firstDay;
  const symbols = new Set(spells.map(({ symbol }) => symbol));
  const left = spells.filter(({ to }) => to < store.lastDay).length;
  const joined = spells.filter(({ from }) => from > store.firstDay).length;
  const found = `${index}: ${formatCount(symbols.size)} members, ${formatCount(joined)} joined and ${formatCount(left)} left`;
  const detail = `${found} in ${formatDay(store.firstDay)} … ${formatDay(store.lastDay)}`;
  if (left > 0) return { check, status: 'pass', detail };
  return { check, status: span >= MEMBERSHIP_DAYS ? 'fail' : 'unknown', detail };
}

async function checkListings(store: MarketStore, bars: BarMatrix): Promise<ProvenanceFinding> {
  const check = 'listings-that-ended';
  const delisted = new Map<string, Day>();
  for (const { symbol, delistDate } of await store.readInstruments({ asOf: store.lastDay })) {
    if (delistDate !== null) delisted.set(symbol, delistDate);
  }
  const days = bars.dates.length;
  let cells = 0;
  let ended = 0;
  for (const [s, symbol] of bars.symbols.entries()) {
    let last = -1;
    for (let d = 0; d < days; d++) {
      if (!(bars.close[s * days + d] > 0)) continue;
      cells++;
      last = d;
    }
    if (delisted.has(symbol) || (last >= 0 && last < days - ENDED_SESSIONS)) ended++;
  }
  const years = cells / SESSIONS_PER_YEAR;
  const share = formatPercent(ended / bars.symbols.length, 1);
  const detail = `${formatCount(ended)} of ${formatCount(bars.symbols.length)} instruments ended (${share}), in ${formatCount(Math.round(years))} instrument-years`;
  if (ended > 0) return { check, status: 'pass', detail };
  return { check, status: years >= LISTING_YEARS ? 'fail' : 'unknown', detail };
}
