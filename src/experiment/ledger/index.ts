export type { Trial } from './trial.js';
export { type Ledger, readLedger, recordTrials } from './trial-ledger.js';
