import { syntheticCalendar } from './calendar.js';
import { exDaySeason } from './corporate-actions.js';
import { type MarketFactor, simulateIndustryFactor, simulateMarketFactor } from './factors.js';
import { rulesOfMarket } from './listing-rules.js';
import { drawListings, type Listing } from './listings.js';
import { INDUSTRIES } from './names.js';
import { type ResolvedOptions, resolveOptions, type SyntheticOptions } from './options.js';
import { type BarArrays, type StateMemory, type StockState, simulateStock } from './stock.js';

/** The large arrays of a market, [S × D], and the drifts [S × D × h]. On shared memory several threads fill them. */
export interface MarketMemory {
  readonly bars: BarArrays;
  readonly st: Uint8Array;
  readonly states: StateMemory;
}

/** A market whose listings and common factors are drawn, each stock of which can be simulated by itself. */
export interface Stage extends MarketMemory {
  readonly resolved: ResolvedOptions;
  readonly dates: Int32Array;
  readonly drawn: readonly Listing[];
  readonly market: MarketFactor;
  /** Fills the rows of one stock. */
  simulate(number: number): StockState;
  /** The part of the memory that holds the state of one stock. */
  memoryOf(number: number): StateMemory;
}

/** @param shared whether the memory is one that threads share */
export function allocateMarket(options: ResolvedOptions, shared: boolean): MarketMemory {
  const { symbols, days, horizonDays, withTruth } = options;
  const cells = symbols * days;
  const bytes = (count: number) => (shared ? new SharedArrayBuffer(count) : new ArrayBuffer(count));
  const floats = (count: number) => new Float64Array(bytes(8 * count));
  const column = () => floats(cells).fill(Number.NaN);
  return {
    bars: {
      open: column(),
      high: column(),
      low: column(),
      close: column(),
      volume: column(),
      amount: column(),
      adjFactor: column(),
      suspended: new Uint8Array(bytes(cells)),
    },
    st: new Uint8Array(bytes(cells)),
    states: { variance: column(), shares: floats(cells), pendingDrift: floats(withTruth ? cells * horizonDays : 0) },
  };
}

/**
 * Draws what all stocks share. It takes next to nothing, so that every thread draws it for itself.
 * @param given memory to fill; its own by default
 * @throws ARGUMENT_INVALID
 */
export function prepareMarket(options: SyntheticOptions, given?: MarketMemory): Stage {
  const resolved = resolveOptions(options);
  const { symbols, days, seed, strength, horizonDays, withTruth, listingRules } = resolved;
  const memory = given ?? allocateMarket(resolved, false);
  const { bars, st, states } = memory;
  const dates = syntheticCalendar(resolved.startDate, days, listingRules);
  const drawn = drawListings(symbols, dates, seed, listingRules);
  const rulesOf = rulesOfMarket(listingRules, dates, seed);
  const market = simulateMarketFactor(days, seed);
  const industries = INDUSTRIES.map((_, industry) => simulateIndustryFactor(days, seed, industry));
  const season = exDaySeason(dates);
  const memoryOf = (number: number): StateMemory => {
    const [from, to] = [number * days, (number + 1) * days];
    return {
      variance: states.variance.subarray(from, to),
      shares: states.shares.subarray(from, to),
      pendingDrift: states.pendingDrift.subarray(from * horizonDays, to * horizonDays),
    };
  };
  const simulate = (number: number): StockState => {
    const listing = drawn[number];
    const industry = industries[listing.industry];
    const rules = rulesOf(listing.instrument, listing.firstSession, number);
    const common = { rules, listing, dates, season, market, industry, seed, number, strength, horizonDays };
    const setting = { ...common, keepDrift: withTruth, memory: memoryOf(number) };
    const state = simulateStock(setting, bars, number * days);
    if (rules.specialTreatment) {
      const listed = rules.specialTreatment.subarray(listing.firstSession, state.lastSession + 1);
      st.set(listed, number * days + listing.firstSession);
    }
    return state;
  };
  return { ...memory, resolved, dates, drawn, market, simulate, memoryOf };
}
