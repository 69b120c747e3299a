import type { MarketStore } from '../../market/index.js';
import { marketIdentity } from '../runs/market-identity.js';
import { type CountedTrials, countTrials } from './select-trials.js';
import { type LedgerSnapshot, writeSnapshot } from './snapshot.js';
import type { Trial } from './trial.js';
import { readLedger, recordTrials } from './trial-ledger.js';

/** What an earlier run has counted, for one that makes it again. */
export interface CountedBefore {
  readonly others: readonly Trial[];
  readonly elsewhere: number;
  readonly damaged: number;
}

export interface KeptTrials {
  readonly counted: CountedTrials;
  readonly snapshot: LedgerSnapshot;
}

interface LedgerPlace {
  readonly runsFolder: string;
  /** In place of what the ledger holds. */
  readonly countedBefore?: CountedBefore;
  readonly onNote?: (line: string) => void;
}

/**
 * Notes a run's own trials in the ledger, and settles which of all that it holds the run has to answer for.
 * @param own the subject's first: its days are the period
 * @param folder the run's, where the snapshot goes
 * @throws FILE_WRITE_FAILED
 */
export function keepTrials(
  own: readonly Trial[],
  folder: string,
  store: MarketStore,
  { runsFolder, countedBefore: before, onNote }: LedgerPlace,
): KeptTrials {
  recordTrials(runsFolder, own);
  const ledger = before ? null : readLedger(runsFolder, marketIdentity(store));
  if (ledger !== null && ledger.damaged.length > 0) {
    onNote?.(
      `${ledger.damaged.length} damaged records of the trial ledger are passed over, such as ${ledger.damaged[0]}`,
    );
  }
  const chosen = countTrials(own, ledger?.trials ?? before?.others ?? [], own[0].judged);
  const counted = before ? { ...chosen, elsewhere: before.elsewhere } : chosen;
  const snapshot = {
    trials: counted.others.length,
    sha256: writeSnapshot(folder, counted.others),
    elsewhere: counted.elsewhere,
    damaged: ledger?.damaged.length ?? before?.damaged ?? 0,
  };
  return { counted, snapshot };
}
