import { oneOf } from '../options.js';

/** What every import says of the store it writes. */
export const STORE_HELP = 'market store to write, or to join when it is there: whole or not at all';
export const CONFLICT_HELP = 'a row that contradicts one of the store: refuse it, keep the store’s, or replace that';

export type ConflictPolicy = 'refuse' | 'keep' | 'replace';

export const conflictPolicy = oneOf<ConflictPolicy>('--on-conflict', ['refuse', 'keep', 'replace']);
