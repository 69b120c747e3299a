import type { AsOf, AsOfWindow, MarketStore } from '../../market/index.js';
import { CandlenetError, type Day, formatDay, indexAsOf, sha256 } from '../../util/index.js';

/**
 * The store as it was at the close of a day: nothing later exists, whatever `asOf` a reader gives.
 * @throws DATE_OUT_OF_STORE for a day before the first session
 */
export async function truncatedStore(store: MarketStore, cut: Day): Promise<MarketStore> {
  const sessions = await store.readCalendar({ asOf: store.lastDay });
  const last = indexAsOf(sessions, cut);
  if (last < 0) {
    const found = `found ${formatDay(cut)}, before the store’s first session ${formatDay(store.firstDay)}`;
    throw new CandlenetError('DATE_OUT_OF_STORE', `${store.dir}: cut: ${found}, expected a later day`);
  }
  const lastDay = sessions[last];
  const at = <W extends AsOf>(options: W): W => ({ ...options, asOf: Math.min(options.asOf, lastDay) });
  const { manifest } = store;
  return {
    dir: store.dir,
    manifest: {
      ...manifest,
      to: formatDay(lastDay),
      sessions: last + 1,
      contentHash: sha256(manifest.contentHash, 'truncated', formatDay(lastDay)),
    },
    firstDay: store.firstDay,
    lastDay,
    readBars: (window: AsOfWindow) => store.readBars(at(window)),
    readCalendar: (window) => store.readCalendar(at(window)),
    readInstruments: (options) => store.readInstruments(at(options)),
    readMembers: (options) => store.readMembers(at(options)),
    readBenchmark: (index, window) => store.readBenchmark(index, at(window)),
    readActions: (options) => store.readActions(at(options)),
    readFundamentals: (options) => store.readFundamentals(at(options)),
    readValuations: (window) => store.readValuations(at(window)),
    readMacro: (options) => store.readMacro(at(options)),
    readNews: (options) => store.readNews(at(options)),
    // A generator's truth is the future itself.
    readTruth: async () => null,
  };
}
