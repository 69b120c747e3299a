import { netValueChart, riskReturnChart } from '../charts/index.js';
import { formatNumber, formatPercent } from '../util/index.js';
import { type ComparedTable, comparedFigure } from './compared.js';
import { createContext } from './context.js';
import { type Html, html } from './html.js';
import { renderPage } from './page.js';
import { chartFigure, HALF, pageWide } from './sections/chart-figure.js';
import { cumulate, lossByEpoch, returnsDistribution } from './sections/strategy-charts.js';
import { figure, table, text } from './table.js';
import type { PaperReportData, ReportData } from './types.js';
import { ENGLISH } from './words/english.js';

/** The tables and figures of the paper for one store, each figure beside the paper's, as one HTML file that fetches nothing. */
export function renderPaperReport(data: PaperReportData): string {
  const { title, citation, version, tables, original, curves, reductions, cautions, runs } = data;
  const list = (lines: readonly string[]) => html`<ul class="note">${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
  return renderPage({
    words: ENGLISH,
    title,
    version,
    head: html`<header class="masthead"><div class="masthead-top"><p class="eyebrow">candlenet · ${citation}</p><button type="button" data-theme-toggle hidden>${ENGLISH.theme}</button></div>
<h1>${title}</h1>
<p class="question">Every figure of the paper’s three tables, measured here; below each, in grey, what the paper prints.</p></header>
`,
    main: html`${tables.map(comparedSection)}${original && figures(original, curves)}
<section><h2>Less than the paper’s</h2>${reductions.length === 0 ? html`<p>Nothing was cut.</p>` : list(reductions)}</section>
<section><h2>How to read the paper’s figures</h2>${list(cautions)}</section>
${
  original?.paperChoices !== undefined &&
  html`<section><h2>What the paper leaves open</h2>${table(
    'What stands in its place here',
    [text('key'), text('the paper'), text('here')],
    original.paperChoices.map(({ key, paper, chosen }) => ({ cells: [key, paper, chosen] })),
  )}</section>`
}
<section><h2>Runs</h2>${table(
      'Each has its own report',
      [text('experiment'), text('run')],
      runs.map(({ experiment, run }) => ({ cells: [experiment, html`<a href="runs/${run}/report.html">${run}</a>`] })),
    )}</section>
`,
  });
}

function comparedSection({ caption, note, columns, rows }: ComparedTable): Html {
  return html`<section><h2>${caption}</h2>
${table(
  note,
  [text(''), ...columns.map((column) => figure(column))],
  rows.map(({ name, cells }) => ({
    cells: [
      name,
      ...cells.map(
        ({ kind, here, paper }) =>
          html`${comparedFigure(here, kind)}${paper !== null && html`<br><span class="muted">${comparedFigure(paper, kind)}</span>`}`,
      ),
    ],
  })),
)}</section>
`;
}

/** The paper's figures: loss curves, net value, distribution of returns, risk against return. */
function figures(original: ReportData, curves: PaperReportData['curves']): Html {
  const { words, strategy, benchmark, nameOf } = createContext(original, 'en');
  const { training, strategies } = original;
  const { dates } = strategy;
  return html`<section><h2>Figures</h2>
${chartFigure(
  {
    id: 'net-value',
    title: 'Net value',
    note: 'Of each experiment’s strategy and of the index, after costs; 1 is the last close before the test.',
    chart: (size) =>
      netValueChart(
        {
          dates,
          lines: [
            ...curves.map(({ name, returns }, i) => ({
              name,
              values: cumulate(returns),
              role: (['subject', 'other', 'universe', 'placebo', 'bar'] as const)[i % 5],
            })),
            { name: nameOf(benchmark), values: cumulate(benchmark.returns), role: 'benchmark' as const },
          ],
          scale: 'linear',
        },
        size,
      ),
  },
  pageWide(320, 300),
)}
<div class="charts">
${
  training &&
  chartFigure(
    {
      id: 'loss',
      title: 'Loss by epoch',
      note: 'Cross-entropy in nats of the original network.',
      chart: lossByEpoch(training, words),
    },
    HALF,
  )
}
${chartFigure(
  {
    id: 'distribution',
    title: 'Daily returns',
    note: 'Of the original strategy, and the normal curve of the same mean and deviation.',
    chart: returnsDistribution(strategy, original.sessionsPerYear, words),
  },
  HALF,
)}
</div>
${chartFigure(
  {
    id: 'risk-return',
    title: 'Risk and return',
    note: 'Volatility and return a year of every strategy of the original experiment.',
    chart: (size) =>
      riskReturnChart(
        {
          points: strategies.map((row) => ({
            name: nameOf(row),
            role: row.role === 'baseline' ? 'other' : row.role,
            volatility: row.measures.performance.volatility,
            annualisedReturn: row.measures.performance.annualisedReturn,
          })),
          words: { volatility: 'volatility a year', annualisedReturn: 'return a year' },
          format: (value) => formatPercent(value, 0),
        },
        size,
      ),
  },
  pageWide(340, 320),
)}
<p class="note">Sharpe ratio of the original strategy ${formatNumber(strategy.measures.performance.sharpe, 2)}.</p>
</section>
`;
}
