import { z } from 'zod';
import { type Day, formatDay, parseDay, sha256 } from '../../util/index.js';
import { type MarketIdentity, marketIdentitySchema } from '../runs/market-identity.js';

const ROLES = ['subject', 'baseline', 'placebo'] as const;

/**
 * One configuration that was evaluated on a market, with what it earned day by day: what Bailey & López de Prado (2014, "The
 * Deflated Sharpe Ratio") call a trial.
 */
export interface Trial {
  /** Where it came from: the id of a run, or of a search. */
  readonly source: string;
  readonly kind: 'run' | 'search';
  /** Hash of configuration, store content and program: of one experiment a strategy is one trial, however often it is run. */
  readonly experiment: string;
  /** Hash of the configuration alone, which outlives a new version of the program. */
  readonly config: string;
  /** Such as `cnn-lstm` or `momentum`; of a search the number of the candidate. */
  readonly strategy: string;
  readonly role: (typeof ROLES)[number];
  readonly market: MarketIdentity;
  /** First and last day that judged it. */
  readonly judged: readonly [Day, Day];
  /** Ascending, within them. Empty where the configuration was judged by a score alone. */
  readonly dates: Int32Array;
  /** Simple daily returns after costs, one a date. */
  readonly returns: Float64Array;
  /** What a search compared, such as the mean accuracy over its folds; null where returns speak for themselves. */
  readonly score: { readonly name: string; readonly value: number | null } | null;
}

const day = z.string().transform((text) => parseDay(text, 'a trial’s date'));

const recordSchema = z.object({
  schemaVersion: z.literal(1),
  recordedAt: z.string().optional(),
  source: z.string(),
  kind: z.enum(['run', 'search']),
  experiment: z.string(),
  config: z.string(),
  strategy: z.string(),
  role: z.enum(ROLES),
  market: marketIdentitySchema,
  judged: z.tuple([day, day]),
  score: z.object({ name: z.string(), value: z.number().nullable() }).nullable(),
  dates: z.array(day).transform((days) => Int32Array.from(days)),
  returns: z.array(z.number()).transform((values) => Float64Array.from(values)),
  sha256: z.string(),
});

/** The name of a trial: the strategy, and the hash of what makes it this one. */
export function trialId({ experiment, strategy }: Pick<Trial, 'experiment' | 'strategy'>): string {
  const readable = strategy.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return `${readable}-${sha256(experiment, '\n', strategy).slice(0, 16)}`;
}

/** SHA-256 of the days and returns: equal for two configurations that did the same. */
export function returnsHash({ dates, returns }: Pick<Trial, 'dates' | 'returns'>): string {
  return sha256(dates, returns);
}

/** SHA-256 of all that a trial says. */
export function trialHash({ dates, returns, market, judged, score, ...words }: Trial): string {
  const { source, kind, experiment, config, strategy, role } = words;
  const { contentHash, path, synthetic } = market;
  const header = [source, kind, experiment, config, strategy, role, contentHash, path, synthetic, judged, score];
  return sha256(JSON.stringify(header), dates, returns);
}

/** One line of JSON, equal for equal trials. @param recordedAt left out of a copy */
export function trialText(trial: Trial, recordedAt?: string): string {
  const { source, kind, experiment, config, strategy, role, market, judged, score, dates, returns } = trial;
  const { contentHash, path, synthetic } = market;
  const record = {
    ...{ schemaVersion: 1, recordedAt, source, kind, experiment, config, strategy, role },
    ...{ market: { contentHash, path, synthetic }, judged: judged.map(formatDay), score, sha256: trialHash(trial) },
    ...{ dates: Array.from(dates, formatDay), returns: Array.from(returns) },
  };
  return `${JSON.stringify(record)}\n`;
}

/** A trial as it was written; null for a record that is damaged. */
export function parseTrial(text: string): Trial | null {
  try {
    const { schemaVersion: _version, recordedAt: _at, sha256: hash, ...trial } = recordSchema.parse(JSON.parse(text));
    return trialHash(trial) === hash ? trial : null;
  } catch {
    return null;
  }
}
