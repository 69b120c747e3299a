// Qlib's headline task: a data set of 14 factors from the daily bars of 800 stocks, 2007 to 2020, from disk to a float32
// matrix. The factors here are 14 of Alpha158, each of another kind. Qlib publishes 147 s on one CPU without its caches
// and 7.4 s with both; that is another machine's figure, so it stands in no row.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alpha158Families, buildPanel } from '../../dist/features/index.js';
import { generateMarket, openMarketStore, writeMarketStore } from '../../dist/market/index.js';
import { median, row } from '../peer.mjs';

const FACTORS = 'KMID KLEN ROC20 MA20 STD20 BETA20 RSQR20 MAX20 MIN20 QTLU20 RANK20 CORR20 SUMP20 VMA20'.split(' ');

export async function qlibFactorRows({ quick }) {
  const [symbols, days] = [quick ? 80 : 800, 3400];
  const folder = mkdtempSync(join(tmpdir(), 'candlenet-bench-'));
  try {
    const made = { kind: 'null', symbols, days, seed: 1, withTruth: false, withFacts: false };
    await writeMarketStore(join(folder, 'store'), generateMarket(made));
    const times = [];
    for (let turn = 0; turn < (quick ? 1 : 3); turn++) {
      const start = performance.now();
      const store = await openMarketStore(join(folder, 'store'));
      const bars = await store.readBars({ asOf: store.lastDay });
      const families = alpha158Families(FACTORS);
      buildPanel(bars, { featureSet: [], families });
      times.push((performance.now() - start) / 1000);
    }
    const work = `14 factors of ${symbols} × ${days} bars, disk to matrix`;
    return [row(work, 's', median(times), null, null, { lessIsBetter: true })];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
