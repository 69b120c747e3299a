import { CandlenetError, type Day, type ProgressSink, parseDay } from '../../util/index.js';
import type { ListingRules } from './listing-rules.js';
import { EVENT_DAYS } from './signal.js';

export type SyntheticKind = 'null' | 'planted';

export interface SyntheticOptions {
  /** `null`: returns are a martingale difference. `planted`: a known nonlinear signal moves the days to come. */
  readonly kind: SyntheticKind;
  /** Number of instruments, 1 … 6,000. */
  readonly symbols: number;
  /** Number of sessions, 2 … 20,000. */
  readonly days: number;
  readonly seed: number;
  /** First calendar day; the first session is this day or the next working one. Default 2016-01-04. */
  readonly startDate?: Day;
  /** Multiplies the drift of the planted signal; 1 is the default, 0 leaves no signal. The null market has none. */
  readonly strength?: number;
  /** The label the truth refers to: horizon h, threshold k·σ·√h, days of the trailing volatility σ. Defaults 5, 0.5, 60. */
  readonly horizonDays?: number;
  readonly labelK?: number;
  readonly labelVolatilityDays?: number;
  /** Window within which the planted signal is visible; at least 7. Default 20. */
  readonly windowDays?: number;
  /** Boards and rules of the listings; default `plain`. */
  readonly listingRules?: ListingRules;
  /** Work out the truth, which takes half of the time; default true. Without it nobody can say what a good model could reach. */
  readonly withTruth?: boolean;
  /** Draw fundamentals, daily ratios, macro series and news as well; default true. The bars are the same without them. */
  readonly withFacts?: boolean;
  readonly progress?: ProgressSink;
}

export type ResolvedOptions = Required<Omit<SyntheticOptions, 'progress'>>;

const DEFAULT_START = parseDay('2016-01-04');

/** The days on which an event still moves the stock must fit into the window. */
export const SHORTEST_WINDOW = EVENT_DAYS;

function demand(name: string, value: number, low: number, high: number, whole: boolean): number {
  if (!(value >= low && value <= high) || (whole && !Number.isInteger(value))) {
    throw new CandlenetError(
      'ARGUMENT_INVALID',
      `synthetic market: ${name}: found ${value}, expected ${whole ? 'a whole number' : 'a number'} from ${low} to ${high}`,
    );
  }
  return value;
}

/** Fills in the defaults. @throws ARGUMENT_INVALID naming the option that is out of range */
export function resolveOptions(options: SyntheticOptions): ResolvedOptions {
  if (options.kind !== 'null' && options.kind !== 'planted') {
    throw new CandlenetError(
      'ARGUMENT_INVALID',
      `synthetic market: kind: found "${String(options.kind)}", expected null or planted`,
    );
  }
  const rules = options.listingRules ?? 'plain';
  if (rules !== 'plain' && rules !== 'full') {
    throw new CandlenetError(
      'ARGUMENT_INVALID',
      `synthetic market: listingRules: found "${String(rules)}", expected plain or full`,
    );
  }
  return {
    kind: options.kind,
    symbols: demand('symbols', options.symbols, 1, 6000, true),
    days: demand('days', options.days, 2, 20_000, true),
    seed: demand('seed', options.seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, true),
    startDate: demand('startDate', options.startDate ?? DEFAULT_START, -40_000, 80_000, true),
    strength: options.kind === 'null' ? 0 : demand('strength', options.strength ?? 1, 0, 5, false),
    horizonDays: demand('horizonDays', options.horizonDays ?? 5, 1, 60, true),
    labelK: demand('labelK', options.labelK ?? 0.5, 0, 5, false),
    labelVolatilityDays: demand('labelVolatilityDays', options.labelVolatilityDays ?? 60, 2, 1000, true),
    windowDays: demand('windowDays', options.windowDays ?? 20, SHORTEST_WINDOW, 1000, true),
    listingRules: rules,
    withTruth: options.withTruth ?? true,
    withFacts: options.withFacts ?? true,
  };
}
