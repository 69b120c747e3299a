// Factors of one's own, as formulas and in code, and what each knows of the next week: node examples/own-factor.mjs
import {
  buildPanel,
  defineFeature,
  expressionFamilies,
  generateMarket,
  labelVolatility,
  parseExpression,
} from 'candlenet';
import { ownFeatures } from 'candlenet/features';
import { spearman } from 'candlenet/stats';

const { bars, instruments } = generateMarket({ kind: 'planted', symbols: 120, days: 700, seed: 7 });
const industries = new Map(instruments.map(({ symbol, industry }) => [symbol, industry]));

// ── Factors: the language of docs/expressions.md, Qlib's spelling or our own, and a function of the bars ──
defineFeature({
  name: 'up_streak',
  formula: 'days in a row with a higher close',
  lookback: 60,
  compute({ close }) {
    let streak = 0;
    return close.map((price, i) => {
      streak = i > 0 && price > close[i - 1] ? streak + 1 : 0;
      return streak;
    });
  },
});

const families = [
  ...expressionFamilies({
    reversal: '1 - close / mean(close, 5)',
    momentum: 'Ref($close, 5) / Ref($close, 60) - 1',
    calm: '-std(close / ref(close, 1) - 1, 20)',
    calm_in_industry: 'neutralize(-std(close / ref(close, 1) - 1, 20), industry)',
  }),
  ...ownFeatures(['up_streak']),
];
const { columns, values, dates, symbols } = buildPanel(bars, { featureSet: [], families, tables: { industries } });

// ── Mean rank correlation, day by day, with the return over the five days after ──
const { forwardReturn } = labelVolatility(bars);
for (const [k, { name, formula, lookback }] of columns.entries()) {
  const daily = [];
  for (let t = 0; t < dates.length; t++) {
    const rows = symbols.map((_, s) => s * dates.length + t);
    const known = rows.filter((row) => Number.isFinite(values[row * columns.length + k] + forwardReturn[row]));
    const factor = known.map((row) => values[row * columns.length + k]);
    const ic = spearman(
      Float64Array.from(factor),
      Float64Array.from(known, (row) => forwardReturn[row]),
    );
    if (Number.isFinite(ic)) daily.push(ic);
  }
  const mean = daily.reduce((sum, ic) => sum + ic, 0) / daily.length;
  console.log(`${name}: rank IC ${mean.toFixed(3)} over ${daily.length} days, ${lookback} days of history: ${formula}`);
}

// ── Only labels may look ahead ──
try {
  parseExpression('ref(close, -5) / close - 1');
} catch (error) {
  console.log(`${error.code}: ${error.message}`);
}
