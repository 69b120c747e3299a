import { textTable } from '../../report/index.js';
import { formatDay, formatNumber, formatPercent } from '../../util/index.js';
import type { FactorReport, JudgedFactor } from './judge-factors.js';

const PLAIN = { strong: (text: string) => text, faint: (text: string) => text };
const p = (value: number) => (value < 0.0005 ? '< 0.001' : formatNumber(value, 3));

/** One factor with its whole tear sheet, several with a line each, the strongest rank IC first. */
export function renderFactors(report: FactorReport): string {
  const { factors, index, from, to, horizonDays, omitted } = report;
  const among = index === null ? 'all stocks of the store' : `the members of ${index}`;
  return [
    '',
    `  ${from} … ${to}, among ${among}, return over ${horizonDays} sessions from the next open, before costs`,
    '',
    ...(factors.length === 1 ? oneFactor(factors[0]) : manyFactors(factors)),
    ...(omitted.length === 0
      ? []
      : ['', `  left out: ${omitted.map(({ name, reason }) => `${name} (${reason})`).join(', ')}`]),
    '',
  ].join('\n');
}

function manyFactors(factors: readonly JudgedFactor[]): string[] {
  const strength = ({ sheet }: JudgedFactor) => (Number.isNaN(sheet.rankIc.t) ? -1 : Math.abs(sheet.rankIc.t));
  return textTable(
    [
      ['factor', 'rank IC', 't', 'p, corrected', 'ICIR', 'high − low', 't', 'order', 'turnover', 'stocks'],
      ...factors
        .toSorted((a, b) => strength(b) - strength(a))
        .map(({ name, sheet, pCorrected }) => [
          name,
          formatNumber(sheet.rankIc.mean, 3),
          formatNumber(sheet.rankIc.t, 1),
          p(pCorrected),
          formatNumber(sheet.rankIcir),
          formatPercent(sheet.spread.mean, 2, true),
          formatNumber(sheet.spread.t, 1),
          formatNumber(sheet.monotonicity),
          formatPercent(sheet.quantiles.at(-1)?.turnover, 0),
          formatNumber(sheet.stocks, 1),
        ]),
    ],
    PLAIN,
  );
}

function oneFactor({ name, sheet }: JudgedFactor): string[] {
  const { ic, rankIc, spread } = sheet;
  return [
    `  ${name}: rank IC ${formatNumber(rankIc.mean, 3)} (t ${formatNumber(rankIc.t, 1)}, p ${p(rankIc.p)}, ${rankIc.days} days), above 0 on ${formatPercent(sheet.positiveDays, 0)} of them; IC ${formatNumber(ic.mean, 3)} (t ${formatNumber(ic.t, 1)}); ICIR ${formatNumber(sheet.icir)}, of ranks ${formatNumber(sheet.rankIcir)}`,
    '',
    ...textTable(
      [
        ['group by score', 'mean return', 'lead', 'turnover'],
        ...sheet.quantiles.map(({ quantile, meanReturn, meanExcess, turnover }) => [
          String(quantile),
          formatPercent(meanReturn, 2, true),
          formatPercent(meanExcess, 2, true),
          formatPercent(turnover, 0),
        ]),
      ],
      PLAIN,
    ),
    `  highest less lowest ${formatPercent(spread.mean, 2, true)} (t ${formatNumber(spread.t, 1)}, p ${p(spread.p)}); order ${formatNumber(sheet.monotonicity)}`,
    '',
    ...textTable(
      [
        ['entry waits, sessions', ...sheet.decay.map(({ lag }) => String(lag))],
        ['rank IC', ...sheet.decay.map((row) => formatNumber(row.rankIc.mean, 3))],
        ['t', ...sheet.decay.map((row) => formatNumber(row.rankIc.t, 1))],
      ],
      PLAIN,
    ),
    `  correlation of ranks ${sheet.autocorrelation.map(({ lag, mean }) => `with those ${lag} sessions before ${formatNumber(mean)}`).join(', ')}`,
  ];
}

/** The report for other programs: days as YYYY-MM-DD, what is undefined as null once it is written. */
export function factorJson(report: FactorReport) {
  return {
    ...report,
    factors: report.factors.map(({ name, pCorrected, sheet: { dailyRankIc, ...sheet } }) => ({
      name,
      pCorrected,
      ...sheet,
      dailyRankIc: Array.from(dailyRankIc.dates, (date, i) => ({
        date: formatDay(date),
        value: dailyRankIc.values[i],
      })),
    })),
  };
}
