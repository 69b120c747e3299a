import { SCREENING_REASONS } from '../../market/index.js';
import { formatCount, formatDay, formatNumber, formatPercent } from '../../util/index.js';
import { renderFindings } from '../stores/store-summary.js';
import type { DataReport } from './data-report.js';

const SHARE_DECIMALS = 2;
const share = (value: number) => formatPercent(value, SHARE_DECIMALS);

/** The report as text for a terminal. */
export function renderDataReport(report: DataReport): string {
  return [
    '',
    `  ${report.title}`,
    `  ${report.source}`,
    `  ${report.from} … ${report.to}, ${formatCount(report.sessions)} sessions, ${formatCount(report.stocks)} stocks, content ${report.contentHash.slice(0, 16)}`,
    '',
    '  What it holds (Table 1)',
    ...tableOf(
      ['data type', 'samples', 'variables', 'span', 'missing', 'a sample is'],
      report.table.map((row) => [
        row.type,
        formatCount(row.samples),
        formatCount(row.variables),
        `${row.from} … ${row.to}`,
        share(row.missingShare),
        row.sample,
      ]),
    ),
    '',
    ...renderBars(report),
    '',
    ...renderCoverage(report),
    ...renderScreening(report),
    ...renderFindings(report.findings),
  ].join('\n');
}

function renderBars({ bars }: DataReport): string[] {
  const { longestGap: gap, flags } = bars;
  return [
    '  Bars',
    ...tableOf(
      [],
      [
        ['stock-days traded', formatCount(bars.traded), share(bars.traded / bars.stockDays)],
        ['without trade', formatCount(bars.suspended), share(bars.suspended / bars.stockDays)],
        ['missing bars', formatCount(bars.missingBars), share(bars.missingShare)],
        ...Object.entries(flags).map(([name, count]) => [
          `flagged ${name}`,
          formatCount(count),
          share(count / bars.stockDays),
        ]),
        ...bars.columns.map(({ column, missing, missingShare }) => [
          `${column} missing`,
          formatCount(missing),
          share(missingShare),
        ]),
        ['stocks without a listing date', formatCount(bars.withoutListDate), ''],
      ],
    ),
    ...(gap === null
      ? []
      : [`  The longest gap: ${gap.symbol} from ${formatDay(gap.from)}, ${formatCount(gap.sessions)} sessions`]),
  ];
}

function renderCoverage({ coverage }: DataReport): string[] {
  return coverage.flatMap(({ index, years, withoutBars, emptySessions, meanShare }) => [
    `  Coverage of ${index}: ${share(meanShare)} of its members have a bar; ${formatCount(withoutBars.length)} members never do${withoutBars.length > 0 ? `, such as ${withoutBars[0]}` : ''}`,
    ...(emptySessions > 0 ? [`  Sessions without any member: ${formatCount(emptySessions)}`] : []),
    ...tableOf(
      ['year', 'sessions', 'members', 'with bars', 'least', 'mean', 'worst day'],
      years.map((year) => [
        String(year.year),
        formatCount(year.sessions),
        formatNumber(year.members, 1),
        formatNumber(year.withBars, 1),
        share(year.minShare),
        share(year.meanShare),
        formatDay(year.worstDay),
      ]),
    ),
    '',
  ]);
}

function renderScreening({ screening, screeningRules: { minListedYears, suspension } }: DataReport): string[] {
  return screening.flatMap(({ index, before, after, counts, notes }) => [
    `  Screening of ${index} as of each date would leave ${formatCount(after)} of ${formatCount(before)} stock-days`,
    `  (less than ${minListedYears} years listed; more than ${suspension?.maxSessions} of ${suspension?.windowDays} sessions without trade; special treatment)`,
    ...tableOf(
      ['reason', 'stock-days', 'stocks', 'first'],
      counts.map(({ reason, stockDays, stocks, example }) => [
        SCREENING_REASONS[reason],
        formatCount(stockDays),
        formatCount(stocks),
        example,
      ]),
    ),
    ...notes.map((note) => `  ! ${note}`),
    '',
  ]);
}

/** Columns of text; what starts like a number stands to the right. */
function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const lines = head.length > 0 ? [head, ...rows] : rows;
  const columns = rows[0].map((_, k) => k);
  const widths = columns.map((k) => Math.max(...lines.map((line) => line[k].length)));
  const isNumeric = columns.map((k) => rows.every((row) => /^[\d,.–]+\s?%?$/u.test(row[k]) || row[k] === ''));
  return lines.map((line) =>
    `  ${line.map((cell, k) => (isNumeric[k] ? cell.padStart(widths[k]) : cell.padEnd(widths[k]))).join('  ')}`.trimEnd(),
  );
}
