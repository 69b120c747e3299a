import { type DatedLine, drawdownChart, monthsChart, netValueChart } from '../../charts/index.js';
import { formatNumber, formatPercent } from '../../util/index.js';
import type { MoneyContext } from '../context.js';
import { type Html, html } from '../html.js';
import { figure, table, text } from '../table.js';
import type { StrategyReport } from '../types.js';
import { chartFigure, HALF, pageWide } from './chart-figure.js';
import { keyFigures, riskFigures } from './key-figures.js';
import { withRole } from './role.js';
import { cumulate, returnsDistribution } from './strategy-charts.js';

/** From this ratio of highest to lowest net value on, equal steps are equal percentages. */
const LOG_SCALE_FROM = 4;

export function money(context: MoneyContext): Html {
  const { data, words } = context;
  const { text: sentences } = words;
  return html`<section><h2>${words.sections.money}</h2>
${netValueFigures(context)}
${keyFigures(context)}
<p class="note">${[
    ...(data.market.benchmarkKind === 'price' ? [sentences.priceIndex(data.market.benchmarkName)] : []),
    data.riskFree === 0 ? sentences.riskFreeZero : sentences.riskFree(formatPercent(data.riskFree)),
    sentences.sessionsPerYear(data.sessionsPerYear),
  ].join(words.sentenceSpace)}</p>
${strategiesTable(context)}
${monthFigure(context)}
</section>
`;
}

function netValueFigures(context: MoneyContext): Html {
  const { words, strategy, benchmark, universe, nameOf } = context;
  const line = (row: StrategyReport, role: DatedLine['role'], dashed: boolean) => ({
    name: nameOf(row),
    role,
    dashed,
    values: [1, ...cumulate(row.returns)],
  });
  const lines: DatedLine[] = [
    line(strategy, 'subject', false),
    line(benchmark, 'benchmark', false),
    ...(universe ? [line(universe, 'universe', true)] : []),
  ];
  const all = lines.flatMap((one) => Array.from(one.values));
  const scale = Math.max(...all) / Math.min(...all) > LOG_SCALE_FROM ? 'log' : 'linear';
  // The base point stands one day before the first session.
  const dates = Int32Array.of(strategy.dates[0] - 1, ...strategy.dates);
  const falls = lines.map((one) => ({ ...one, values: fallFromPeak(one.values), area: one.role === 'subject' }));
  const { charts } = words;
  return html`${chartFigure(
    {
      id: 'net-value',
      title: charts.netValue,
      note: charts.netValueNote,
      chart: (size) => netValueChart({ dates, lines, scale }, size),
    },
    pageWide(340, 280),
  )}${chartFigure(
    {
      id: 'drawdown',
      title: charts.drawdown,
      note: charts.drawdownNote,
      chart: (size) => drawdownChart({ dates, lines: falls }, size),
    },
    pageWide(230, 220),
  )}`;
}

function fallFromPeak(values: ArrayLike<number>): number[] {
  let peak = 0;
  return Array.from(values, (value) => {
    peak = Math.max(peak, value);
    return value / peak - 1;
  });
}

function strategiesTable({ data, words, nameOf }: MoneyContext): Html {
  const { columns, hints } = words;
  return table(
    words.captions.strategies,
    [
      text(columns.strategy),
      figure(columns.annualised),
      figure(columns.sharpe, hints.sharpe),
      figure(columns.informationRatio, hints.informationRatio),
      figure(columns.drawdown),
      figure(columns.winRate, hints.winRate),
      figure(columns.turnover, hints.turnover),
      figure(columns.costDrag, hints.costDrag),
      figure(columns.againstUniverse, hints.againstUniverse),
      figure(columns.t),
    ],
    data.strategies.map((row) => {
      const { performance, relative, trading, versusUniverse } = row.measures;
      return {
        ...(row.role === 'subject' && { emphasis: 'subject' as const }),
        cells: [
          withRole(nameOf(row), row.role, words),
          formatPercent(performance.annualisedReturn),
          formatNumber(performance.sharpe),
          formatNumber(relative?.informationRatio),
          formatPercent(performance.maxDrawdown),
          formatPercent(trading?.winRate),
          trading && !Number.isNaN(trading.annualTurnover)
            ? `${formatNumber(trading.annualTurnover, 1)}×`
            : formatNumber(null),
          formatPercent(trading?.costDrag),
          formatPercent(versusUniverse?.excessReturn, 1, true),
          formatNumber(versusUniverse?.t, 1),
        ],
      };
    }),
  );
}

/** Absent in what early versions saved. */
function halvesTable({ words, strategy, benchmark, universe, nameOf }: MoneyContext): Html | null {
  const shown = [strategy, benchmark, ...(universe ? [universe] : [])];
  const halves = strategy.measures.halves ?? [];
  if (halves.length === 0) return null;
  return table(
    words.captions.halves,
    [text(words.columns.period), ...shown.map((row) => figure(nameOf(row))), figure(words.columns.sessions)],
    halves.map(({ year, half, sessions }) => ({
      cells: [
        `${year} H${half}`,
        ...shown.map(({ measures }) =>
          formatPercent((measures.halves ?? []).find((one) => one.year === year && one.half === half)?.return, 1, true),
        ),
        String(sessions),
      ],
    })),
  );
}

function monthFigure(context: MoneyContext): Html {
  const { data, words, strategy } = context;
  const { charts, columns } = words;
  const { months } = strategy.measures;
  const years = new Set(months.map((month) => month.year)).size;
  return html`${chartFigure(
    {
      id: 'months',
      title: charts.months,
      note: charts.monthsNote,
      chart: (size) =>
        monthsChart(
          { months, words: { months: words.months, shortMonths: words.shortMonths, year: words.year } },
          size,
        ),
    },
    pageWide(34 + 34 * years, 34 + 34 * years),
  )}
<details><summary>${words.captions.monthsTable}</summary>
${table(
  words.captions.monthsTable,
  [text(columns.period), figure(columns.return), figure(columns.sessions)],
  months.map((month) => ({
    cells: [
      `${month.year}-${String(month.month).padStart(2, '0')}`,
      formatPercent(month.return, 1, true),
      String(month.sessions),
    ],
  })),
)}</details>
${halvesTable(context)}
<div class="charts">${chartFigure(
    {
      id: 'distribution',
      title: charts.distribution,
      note: charts.distributionNote,
      chart: returnsDistribution(strategy, data.sessionsPerYear, words),
    },
    HALF,
  )}<div class="cell">${riskFigures(context)}</div></div>`;
}
