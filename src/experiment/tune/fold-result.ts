import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeFileAtomically } from '../../util/index.js';
import { TUNE_METRICS, type TuneMetric } from '../config/tune-section.js';

/** Undefined is null in a file, NaN in memory. */
const measure = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN);

const foldResultSchema = z.object({
  schemaVersion: z.literal(1),
  /** On the fold's tested block. */
  scores: z.record(z.enum(TUNE_METRICS), measure),
  bestEpoch: z.number(),
  epochs: z.number(),
  samples: z.object({ train: z.number(), validation: z.number(), test: z.number() }),
  /** First and last session of the tested block, and what the portfolio of the candidate's forecasts earned on each. */
  judged: z.tuple([z.string(), z.string()]),
  dates: z.array(z.string()),
  returns: z.array(z.number()),
  /** Wall time; shown, never compared. */
  seconds: z.number(),
  /** Why there are no scores; null where there are. */
  failure: z.string().nullable(),
});

/** What one candidate did on one fold. */
export type FoldResult = Readonly<z.output<typeof foldResultSchema>>;

export const noScores = (): Record<TuneMetric, number> => ({
  'log-loss': Number.NaN,
  accuracy: Number.NaN,
  'rank-ic': Number.NaN,
});

export function writeFoldResult(path: string, result: FoldResult): void {
  writeFileAtomically(path, `${JSON.stringify(result)}\n`);
}

/** Null where there is none yet, or what is there is damaged: the fold is then evaluated again. */
export function readFoldResult(path: string): FoldResult | null {
  if (!existsSync(path)) return null;
  try {
    return foldResultSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}
