import { silentProgress } from '../../util/index.js';
import type { MarketTables, SyntheticTruth } from '../types.js';
import { buildBenchmark } from './benchmark.js';
import { type FactInputs, simulateFundamentals } from './fundamentals.js';
import { RULEBOOK } from './listing-rules.js';
import { endListing } from './listings.js';
import { simulateMacro } from './macro-releases.js';
import { drawMembership, membershipSpells } from './membership.js';
import { simulateNews } from './news-stream.js';
import type { SyntheticOptions } from './options.js';
import { prepareMarket, type Stage } from './stage.js';
import type { StockState } from './stock.js';
import { emptyTruth, eventChance, truthOfStocks } from './truth.js';
import { simulateValuations } from './valuations.js';

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
  const stage = prepareMarket(options);
  const { resolved, drawn, market, bars } = stage;
  const task = (options.progress ?? silentProgress).start('Synthetic market', resolved.symbols, 'symbols');
  const states = drawn.map((_, number) => {
    const state = stage.simulate(number);
    task.update(number + 1);
    return state;
  });
  let truth: SyntheticTruth | undefined;
  if (resolved.withTruth) {
    truth = emptyTruth(resolved, (cells) => new Float32Array(cells));
    const tell = truthOfStocks({ options: resolved, market, bars }, eventChance(states), truth);
    for (const [s, state] of states.entries()) tell(s, endListing(drawn[s], state.lastSession, stage.dates), state);
  }
  const tables = tablesOf(stage, states);
  task.end();
  return { ...tables, truth };
}

/** Everything about a simulated market but the truth. */
export function tablesOf(stage: Stage, states: readonly StockState[]): MarketTables {
  const { resolved, drawn, dates, bars, st } = stage;
  const { kind, symbols, days, seed, strength, withFacts } = resolved;
  const listings = drawn.map((listing, s) => endListing(listing, states[s].lastSession, dates));
  const mask = drawMembership(listings, states, bars, dates);
  const facts = withFacts ? simulateFacts({ listings, states, bars, dates, seed }) : {};
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
  };
}
