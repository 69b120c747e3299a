import type { MarketStore } from '../../market/index.js';
import type { LoadedConfig } from '../config/load.js';
import type { RunServices } from '../run-experiment.js';
import type { SearchSetup } from './candidates.js';
import type { FoldSource } from './fold-source.js';
import type { SearchFolder } from './search-folder.js';

/** One search while it goes on. */
export interface Search extends SearchSetup {
  readonly loaded: LoadedConfig;
  readonly store: MarketStore;
  readonly days: readonly [string, string];
  readonly folder: SearchFolder;
  readonly samplesOf: FoldSource;
  readonly services: RunServices;
}
