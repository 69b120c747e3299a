import { CLEANING_MASKS, type CleaningMask, type CleaningOutcome, SCREENING_REASONS } from '../../market/index.js';
import { formatCount, formatDay, formatNumber, formatPercent } from '../../util/index.js';
import { renderFindings } from '../stores/store-summary.js';
import type { DataReport } from './data-report.js';

const SHARE_DECIMALS = 2;
const share = (value: number) => formatPercent(value, SHARE_DECIMALS);

const OUTCOMES: Readonly<Record<CleaningOutcome, string>> = {
  mended: 'mended',
  dropped: 'dropped, untradeable',
  extreme: 'kept, marked',
};

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
    ...(report.table.some(({ source }) => source !== report.source)
      ? report.table.filter(({ source }) => source !== report.source).map(({ type, source }) => `  ${type}: ${source}`)
      : []),
    ...renderFundamentals(report),
    '',
    ...renderBars(report),
    '',
    ...renderCoverage(report),
    ...renderScreening(report),
    ...renderFindings(report.findings),
  ].join('\n');
}

/** Names a line, in a terminal of usual width. */
const NAMES_A_LINE = 6;

function renderFundamentals({ fundamentals: { of, present, missing } }: DataReport): string[] {
  const lines = [`  Fundamentals of the feature set: ${present.length} of ${of} are here`];
  for (let first = 0; present.length > 0 && first < missing.length; first += NAMES_A_LINE) {
    const names = missing.slice(first, first + NAMES_A_LINE).join(', ');
    lines.push(`  ${first === 0 ? 'missing:' : '        '} ${names}`);
  }
  return lines;
}

function renderBars({ bars, off }: DataReport): string[] {
  const { longestGap: gap, masks, extremes } = bars;
  const column = (name: string) => name.replace('_', ' ');
  const gapsOf = bars.columns.filter(({ missing }) => missing > 0);
  const whole = bars.columns.filter(({ missing }) => missing === 0).map(({ column: name }) => column(name));
  return [
    '  Bars, in sessions of a stock from its first bar to its last',
    ...tableOf(
      [],
      [
        ['traded', formatCount(bars.traded), share(bars.traded / bars.stockDays)],
        ['without trade', formatCount(bars.suspended), share(bars.suspended / bars.stockDays)],
        ['missing', formatCount(bars.missingBars), share(bars.missingShare)],
        ...gapsOf.map(({ column: name, missing, missingShare }) => [
          `without ${column(name)}`,
          formatCount(missing),
          share(missingShare),
        ]),
      ],
    ),
    ...(whole.length > 0 ? [`  No bar is without ${whole.join(', ')}`] : []),
    ...(gap === null
      ? []
      : [`  The longest gap: ${gap.symbol} from ${formatDay(gap.from)}, ${formatCount(gap.sessions)} sessions`]),
    ...(bars.withoutListDate > 0 ? [`  Stocks without a listing date: ${formatCount(bars.withoutListDate)}`] : []),
    ...(off.length > 0 ? ['', '  Off, for want of data', ...off.map(({ what, why }) => `  ${what}: ${why}`)] : []),
    '',
    '  Cleaning, by mask, in time order',
    ...tableOf(
      ['what was done', 'bars', 'stock-days', 'share'],
      (Object.keys(CLEANING_MASKS) as CleaningMask[]).map((mask) => [
        OUTCOMES[CLEANING_MASKS[mask].outcome],
        CLEANING_MASKS[mask].title,
        formatCount(masks[mask]),
        share(masks[mask] / bars.stockDays),
      ]),
    ),
    `  Kept as genuine extremes by one rule or more: ${formatCount(extremes)}, ${share(extremes / bars.stockDays)}`,
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
