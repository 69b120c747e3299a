// How exactly the traded prices worked out from BaoStock's back-adjusted ones are those that Qlib states:
//
//   node bench/recover-raw.mjs DATA_DIR
//
// DATA_DIR has csi300-qlib/ and csi300-baostock/bars/. Compared are the days on which both have a traded bar.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalSymbol, importBarFiles, importQlib } from 'candlenet/market';
import { formatDay } from 'candlenet/util';

const [data] = process.argv.slice(2);
if (!data) {
  console.error('usage: node bench/recover-raw.mjs DATA_DIR');
  process.exit(2);
}
const folder = join(data, 'csi300-baostock', 'bars');
const { bars: stated } = await importQlib(join(data, 'csi300-qlib'));
const rowOf = new Map(stated.symbols.map((symbol, s) => [symbol, s]));
const columnOf = new Map(Array.from(stated.dates, (date, d) => [date, d]));
const symbols = readdirSync(folder)
  .map((file) => canonicalSymbol(file.replace(/\.csv(\.gz)?$/, '')))
  .filter((symbol) => rowOf.has(symbol));
const { bars: found, findings } = await importBarFiles(folder, { preset: 'baostock', symbols });

const traded = (bars, cell) => bars.close[cell] > 0 && bars.suspended[cell] === 0;
const prices = ['open', 'high', 'low', 'close'];
/** A symbol of which some stretch is not certain stays adjusted, its prices on no tick. */
const isOnTicks = (s) =>
  found.close
    .subarray(s * found.dates.length, (s + 1) * found.dates.length)
    .every((price) => Number.isNaN(price) || Math.abs(price * 100 - Math.round(price * 100)) < 1e-6);
let compared = 0;
const different = [];
const recovered = new Set();
for (const [s, symbol] of found.symbols.entries()) {
  if (!isOnTicks(s)) continue;
  for (const [d, date] of found.dates.entries()) {
    const [theirs, ours] = [rowOf.get(symbol) * stated.dates.length + columnOf.get(date), s * found.dates.length + d];
    if (!traded(stated, theirs) || !traded(found, ours)) continue;
    recovered.add(symbol);
    for (const column of prices) {
      compared++;
      if (Math.abs(found[column][ours] - stated[column][theirs]) < 0.005) continue;
      different.push(`${symbol} ${formatDay(date)} ${column}: ${found[column][ours]}, Qlib ${stated[column][theirs]}`);
    }
  }
}
const count = (kind) => findings.find((one) => one.kind === kind)?.count ?? 0;
console.log(`${symbols.length} stocks that both have, ${recovered.size} of them recovered`);
console.log(`prices-recovered ${count('prices-recovered')} bars, prices-adjusted ${count('prices-adjusted')} bars`);
console.log(`${compared} prices compared, ${different.length} differ by half a tick or more`);
for (const one of different.slice(0, 20)) console.log(`  ${one}`);
