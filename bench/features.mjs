// The speed of indicators and features, ours beside other libraries' where they are installed: `npm run bench:features`.
//   -- --json         rows instead of a table
//   -- --quick        a tenth of the series, one turn
//   PEER_PYTHON       the Python that has TA-Lib; default python3
//   PEER_JAVASCRIPT   a folder in which `npm install technicalindicators` was run; none by default

import { build } from '../scripts/build.mjs';
import { print } from './peer.mjs';

build();
const quick = process.argv.includes('--quick');
const { indicatorRows } = await import('./work/indicators.mjs');
const { qlibFactorRows } = await import('./work/qlib-factors.mjs');
print([...(await indicatorRows({ quick })), ...(await qlibFactorRows({ quick }))]);
