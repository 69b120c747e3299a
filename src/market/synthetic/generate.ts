import { silentProgress } from '../../util/index.js';
import type { MarketTables } from '../types.js';
import { buildBenchmark } from './benchmark.js';
import { syntheticCalendar } from './calendar.js';
import { exDaySeason } from './corporate-actions.js';
import { simulateIndustryFactor, simulateMarketFactor } from './factors.js';
import { type FactInputs, simulateFundamentals } from './fundamentals.js';
import { RULEBOOK, rulesOfMarket } from './listing-rules.js';
import { drawListings, endListing } from './listings.js';
import { simulateMacro } from './macro-releases.js';
import { drawMembership, membershipSpells } from './membership.js';
import { INDUSTRIES } from './names.js';
import { simulateNews } from './news-stream.js';
import { resolveOptions, type SyntheticOptions } from './options.js';
import { type BarArrays, simulateStock } from './stock.js';
import { computeTruth } from './truth.js';
import { simulateValuations } from './valuations.js';

function emptyBars(cells: number): BarArrays {
  const column = () => new Float64Array(cells).fill(Number.NaN);
  return {
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    amount: column(),
    adjFactor: column(),
    suspended: new Uint8Array(cells),
  };
}

/** The dated tables, each from random streams of its own: the bars do not know whether they are there. */
function simulateFacts(inputs: FactInputs): Pick<MarketTables, 'fundamentals' | 'valuations' | 'macro' | 'news'> {
  const { listings, dates, seed } = inputs;
  const { table: fundamentals, known } = simulateFundamentals(inputs);
  return {
    fundamentals,
    valuations: simulateValuations(inputs, known),
    macro: simulateMacro(dates, seed),
    news: simulateNews(listings, dates, seed, RULEBOOK),
  };
}

/**
 * A seeded market in the manner of the A-shares, with the truth about it. Same options, same bits. The null and the
 * planted market of one seed are moved by the same innovations, jumps and regimes; what differs is the drift of the signal.
 * 100 symbols × 1,500 days take about 2 s, truth included. Design and bounds: docs/synthetic-market.md.
 * @throws ARGUMENT_INVALID
 */
export function generateMarket(options: SyntheticOptions): MarketTables {
  const resolved = resolveOptions(options);
  const { kind, symbols, days, seed, strength, horizonDays, withTruth, withFacts, listingRules } = resolved;
  const dates = syntheticCalendar(resolved.startDate, days);
  const task = (options.progress ?? silentProgress).start('Synthetic market', symbols, 'symbols');
  const drawn = drawListings(symbols, dates, seed, listingRules);
  const rulesOf = rulesOfMarket(listingRules, dates, seed);
  const st = new Uint8Array(symbols * days);
  const market = simulateMarketFactor(days, seed);
  const industries = INDUSTRIES.map((_, industry) => simulateIndustryFactor(days, seed, industry));
  const season = exDaySeason(dates);
  const bars = emptyBars(symbols * days);
  const states = drawn.map((listing, number) => {
    const industry = industries[listing.industry];
    const rules = rulesOf(listing.instrument, listing.firstSession, number);
    const setting = {
      rules,
      listing,
      dates,
      season,
      market,
      industry,
      seed,
      number,
      strength,
      horizonDays,
      keepDrift: withTruth,
    };
    const state = simulateStock(setting, bars, number * days);
    if (rules.specialTreatment) {
      const listed = rules.specialTreatment.subarray(listing.firstSession, state.lastSession + 1);
      st.set(listed, number * days + listing.firstSession);
    }
    task.update(number + 1);
    return state;
  });
  const listings = drawn.map((listing, s) => endListing(listing, states[s].lastSession, dates));
  const mask = drawMembership(listings, states, bars, dates);
  const truth = withTruth ? computeTruth({ options: resolved, listings, market, states, bars }) : undefined;
  const facts = withFacts ? simulateFacts({ listings, states, bars, dates, seed }) : {};
  task.end();
  return {
    title: `Synthetic market (${kind})`,
    source: `synthetic ${kind}, seed ${seed}, ${symbols} symbols × ${days} sessions${kind === 'planted' ? `, strength ${strength}` : ''}`,
    rulebook: RULEBOOK,
    bars: {
      symbols: listings.map((listing) => listing.instrument.symbol),
      dates,
      ...bars,
      st,
      flags: new Uint8Array(symbols * days),
    },
    instruments: listings.map((listing) => listing.instrument),
    members: membershipSpells(mask, listings, dates),
    benchmarks: [buildBenchmark(mask, states, bars, dates)],
    actions: states.flatMap((state) => state.actions),
    ...facts,
    findings: [],
    truth,
  };
}
