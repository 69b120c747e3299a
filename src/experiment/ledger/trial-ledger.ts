import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CandlenetError, formatDay, systemClock, writeFileAtomically } from '../../util/index.js';
import { isSameMarket, type MarketIdentity } from '../runs/market-identity.js';
import { parseTrial, type Trial, trialId, trialText } from './trial.js';

/** Beside the run folders: what was tried stays tried when the run that did so is deleted. */
const FOLDER = 'trials';

export interface Ledger {
  /** By id. */
  readonly trials: readonly Trial[];
  /** Files that hold no whole trial, of whatever market. They are passed over. */
  readonly damaged: readonly string[];
}

/**
 * Notes trials in the ledger beside the runs of a folder. A trial that it holds already is left as it is: nothing is ever
 * taken out or changed, and many processes may write at once, each trial a file of its own, whole or not at all.
 * @throws ARGUMENT_INVALID for days that do not ascend, or returns that are not one finite number a day; FILE_WRITE_FAILED
 */
export function recordTrials(runsFolder: string, trials: readonly Trial[]): void {
  trials.forEach(checkTrial);
  for (const trial of trials) {
    const path = join(runsFolder, FOLDER, `${trialId(trial)}.json`);
    if (existsSync(path) && readTrial(path) !== null) continue;
    writeFileAtomically(path, trialText(trial, systemClock.now()));
  }
}

/** Every trial on a market that the ledger beside the runs of a folder holds. */
export function readLedger(runsFolder: string, market: MarketIdentity): Ledger {
  const folder = join(runsFolder, FOLDER);
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  const read = names.sort().map((name) => ({ path: join(folder, name), trial: readTrial(join(folder, name)) }));
  return {
    trials: read.flatMap(({ trial }) => (trial !== null && isSameMarket(trial.market, market) ? [trial] : [])),
    damaged: read.flatMap(({ path, trial }) => (trial === null ? [path] : [])),
  };
}

function readTrial(path: string): Trial | null {
  try {
    return parseTrial(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

function checkTrial({ strategy, judged, dates, returns }: Trial): void {
  const refuse = (found: string, expected: string) => {
    throw new CandlenetError('ARGUMENT_INVALID', `trial of ${strategy}: found ${found}, expected ${expected}`);
  };
  if (dates.length !== returns.length) refuse(`${returns.length} returns for ${dates.length} days`, 'one a day');
  const [from, to] = judged;
  if (!(from <= to)) refuse(`days ${formatDay(from)} … ${formatDay(to)}`, 'the first and the last day that judged it');
  for (let i = 0; i < dates.length; i++) {
    if (dates[i] < from || dates[i] > to)
      refuse(`a return of ${formatDay(dates[i])}`, `days from ${formatDay(from)} to ${formatDay(to)}`);
    if (!Number.isFinite(returns[i])) refuse(`${returns[i]} on ${formatDay(dates[i])}`, 'a finite return');
    if (i > 0 && dates[i] <= dates[i - 1])
      refuse(`${formatDay(dates[i])} after ${formatDay(dates[i - 1])}`, 'days that ascend');
  }
}
