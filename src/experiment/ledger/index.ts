export { judgeTrials } from './judge-trials.js';
export { type CountedBefore, type KeptTrials, keepTrials } from './keep-trials.js';
export type { CountedTrials } from './select-trials.js';
export { type LedgerSnapshot, readSnapshot, SNAPSHOT_FILE } from './snapshot.js';
export type { Trial } from './trial.js';
export { type Ledger, readLedger, recordTrials } from './trial-ledger.js';
export { trialsOfRun } from './trials-of-run.js';
