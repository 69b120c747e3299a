import type { ExplanationReport } from '../../report/index.js';
import { type TestPath, testPaths } from '../../training/index.js';
import type { Day } from '../../util/index.js';
import { type Forecasts, joinForecasts } from './forecast.js';
import type { ForecastIndex } from './forecast-index.js';
import type { FittedModel } from './models.js';
import { sumCounts } from './prepare.js';
import type { Studied } from './study.js';
import type { JoinedSubject } from './subject/join-subjects.js';

/** A study whose every fold is fitted: what to trade and judge. */
export interface FittedStudy {
  readonly studied: Studied;
  /** The model in question first. Where folds test a session more than once, forecasts are those of the first path. */
  readonly models: readonly FittedModel[];
  /** The forecasts of the model in question along each path of the protocol; of one path where each session is tested once. */
  readonly paths: readonly Forecasts[];
  /** Members, weights and updates of the model in question. */
  readonly subject: JoinedSubject;
  /** What the networks say of the index, in the order of time; empty where nobody times the market. */
  readonly index: readonly ForecastIndex[];
  /** What the last fold's network goes by; null where it was not asked for. */
  readonly explanation: ExplanationReport | null;
}

/**
 * Joins what the folds of a protocol have forecast, in the order of time.
 * @param studies of each fold
 * @param fits of each fold, the same models in the same order
 */
export function joinFolds(
  studies: readonly Studied[],
  fits: readonly (readonly FittedModel[])[],
): Omit<FittedStudy, 'index' | 'subject' | 'explanation'> {
  const last = studies[studies.length - 1];
  const { dates } = last.bars;
  const paths = testPaths(last.folds);
  const along = (path: TestPath, of: (fold: number) => Forecasts) =>
    joinForecasts(
      path.map(({ fold, range }) => ({ table: of(fold), from: dates[range.first], to: dates[range.last] })),
    );
  const models = fits[fits.length - 1].map((model, m) => ({
    ...model,
    forecasts: along(paths[0], (fold) => fits[fold][m].forecasts),
    fits: fits.flatMap((fit) => fit[m].fits),
    seconds: sumOfSeconds(fits.map((fit) => fit[m].seconds)),
    note: lastNote(fits.map((fit) => fit[m].note)),
  }));
  return {
    studied: {
      ...last,
      testRows: Int32Array.from(paths[0].flatMap(({ fold, range }) => rowsWithin(studies[fold], range, dates.length))),
      counts: { ...last.counts, test: sumCounts(studies.map(({ counts }) => counts.test)) },
    },
    models,
    paths: paths.map((path) => along(path, (fold) => fits[fold][0].forecasts)),
  };
}

function rowsWithin({ testRows }: Studied, { first, last }: { first: Day; last: Day }, days: number): number[] {
  return Array.from(testRows).filter((row) => row % days >= first && row % days <= last);
}

const sumOfSeconds = (seconds: readonly (number | null)[]): number | null =>
  seconds.reduce((sum, of) => (sum === null || of === null ? null : sum + of));

/** Of the last fold that has one, and how many have. */
function lastNote(notes: readonly (string | null)[]): string | null {
  const said = notes.filter((note) => note !== null);
  if (said.length === 0) return null;
  if (notes.length === 1) return said[0];
  return `${said[said.length - 1]} (the last of ${notes.length} folds)`;
}
