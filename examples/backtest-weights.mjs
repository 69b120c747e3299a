// Target weights of a simple rule (the eight names that rose most over sixty sessions, chosen every twenty), written as CSV
// for `candlenet backtest`, which trades anyone's weights under a market's rules:
//
//   candlenet synth --store stores/planted
//   node examples/backtest-weights.mjs stores/planted momentum.csv
//   candlenet backtest momentum.csv --store stores/planted --out backtests/momentum
import { writeFileSync } from 'node:fs';
import { formatDay, openMarketStore } from 'candlenet';

const [storePath, out] = process.argv.slice(2);
const [LOOKBACK, EVERY, NAMES] = [60, 20, 8];

const store = await openMarketStore(storePath);
const { symbols, dates, close, adjFactor, suspended } = await store.readBars({ asOf: store.lastDay });
const sessions = dates.length;
const adjusted = (s, t) => close[s * sessions + t] * adjFactor[s * sessions + t];

const lines = ['date,symbol,weight'];
for (let t = LOOKBACK; t < sessions - 1; t += EVERY) {
  const risen = symbols
    .map((symbol, s) => ({
      symbol,
      rise: adjusted(s, t) / adjusted(s, t - LOOKBACK),
      idle: suspended[s * sessions + t],
    }))
    .filter(({ rise, idle }) => rise > 0 && idle === 0)
    .sort((a, b) => b.rise - a.rise)
    .slice(0, NAMES);
  // The weights of a date are known at its close and trade in the next session.
  for (const { symbol } of risen) lines.push(`${formatDay(dates[t])},${symbol},${1 / NAMES}`);
}
writeFileSync(out, `${lines.join('\n')}\n`);
console.log(`${lines.length - 1} weights written to ${out}`);
