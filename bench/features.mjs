// The speed of indicators and features, ours beside other libraries' where they are installed: `npm run bench:features`.
//   -- --json         rows instead of a table
//   -- --quick        a tenth of the series, one turn
//   -- --scale        instead: a store of 5,400 stocks × 4,000 days and its panel, see work/panel-scale.mjs
//   PEER_PYTHON       the Python that has TA-Lib; default python3
//   PEER_JAVASCRIPT   a folder in which `npm install technicalindicators` was run; none by default

import { build } from '../scripts/build.mjs';
import { print } from './peer.mjs';

build();
if (process.argv.includes('--scale')) {
  await import('./work/panel-scale.mjs');
  process.exit(0);
}
const quick = process.argv.includes('--quick');
const { indicatorRows } = await import('./work/indicators.mjs');
const { qlibFactorRows } = await import('./work/qlib-factors.mjs');
print([...(await indicatorRows({ quick })), ...(await qlibFactorRows({ quick }))]);
