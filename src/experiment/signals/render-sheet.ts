import { textTable } from '../../report/index.js';
import { formatCount, formatNumber, formatPercent } from '../../util/index.js';
import type { Signal, SignalSheet } from './run-signals.js';

const PLAIN = { strong: (text: string) => text, faint: (text: string) => text };

/** Why this line is here, and what stands in its way. */
export function reasonOf({
  rank,
  score,
  pBuy,
  pHold,
  pSell,
  weightNow,
  weightTarget,
  risk,
  obstacle,
  shares,
}: Signal): string {
  const chances = Object.entries({ buy: pBuy, hold: pHold, sell: pSell }).filter(([, p]) => p !== null);
  const said =
    rank === null
      ? 'no forecast'
      : chances.length === 0
        ? `rank ${rank}, score ${formatNumber(score, 4)}`
        : `rank ${rank}, P ${chances.map(([, p]) => formatNumber(p, 2)).join('/')} (${chances.map(([name]) => name).join('/')})`;
  const move = `${formatPercent(weightNow)} → ${formatPercent(weightTarget)}`;
  const hindered = obstacle === '' ? '' : `; ${shares === 0 ? 'no order' : 'cut'}: ${obstacle}`;
  return `${said}; ${move}${risk === '' ? '' : `; ${risk}`}${hindered}`;
}

/** The sheet for a terminal. */
export function renderSheet(sheet: SignalSheet): string {
  const { lines } = sheet;
  return [
    '',
    `  Orders for ${sheet.tradeDate} from the close of ${sheet.date}: ${sheet.run}, ${sheet.model}, ${sheet.forecasts} forecasts`,
    '',
    ...(lines.length === 0
      ? ['  Nothing to do.']
      : textTable(
          [
            ['', 'side', 'shares', 'last close', 'lower limit', 'upper limit', 'cost', 'reason'],
            ...lines.map((line) => [
              line.name === '' ? line.symbol : `${line.symbol} ${line.name}`,
              line.side,
              formatCount(line.shares),
              formatNumber(line.referencePrice),
              formatNumber(line.lowerLimit),
              formatNumber(line.upperLimit),
              formatNumber(line.estimatedCost),
              reasonOf(line),
            ]),
          ],
          PLAIN,
        )),
    '',
    `  Equity ${formatCount(sheet.equity)}, cash ${formatCount(sheet.cash)} → ${formatCount(sheet.cashAfter)}`,
    ...sheet.notes.map((note) => `  ! ${note}`),
    '',
  ].join('\n');
}

const COLUMNS = [
  'symbol',
  'name',
  'side',
  'shares',
  'sharesWanted',
  'referencePrice',
  'lowerLimit',
  'upperLimit',
  'estimatedAmount',
  'estimatedCost',
  'weightNow',
  'weightTarget',
  'rank',
  'score',
  'pBuy',
  'pHold',
  'pSell',
  'obstacle',
  'why',
  'risk',
] as const satisfies readonly (keyof Signal)[];

/** The sheet as CSV (RFC 4180): numbers in full, empty where there is none, the reason in words last. */
export function sheetCsv({ lines, tradeDate }: SignalSheet): string {
  const quote = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const row = (line: Signal) =>
    [tradeDate, ...COLUMNS.map((name) => String(line[name] ?? '')), reasonOf(line)].map(quote).join(',');
  return `${[['trade_date', ...COLUMNS, 'reason'].join(','), ...lines.map(row)].join('\n')}\n`;
}
