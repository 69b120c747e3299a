import { valueGridChart } from '../../charts/index.js';
import { formatCount, formatNumber, formatPercent } from '../../util/index.js';
import type { ReportContext } from '../context.js';
import { type Html, html } from '../html.js';
import type { RefitPoint, SensitivityReport, TradedPoint } from '../insight-types.js';
import { figure, table, text } from '../table.js';
import { type InsightWords, insightWords } from '../words/insights.js';
import { chartFigure, HALF } from './chart-figure.js';

/** What other costs, rebalancings, training windows and horizons give; nothing where it was not asked for. */
export function sensitivity({ data, language, ofClasses }: ReportContext): Html | null {
  const { sensitivity: found } = data;
  if (!found || found.traded.length + found.refits.length === 0) return null;
  const words = insightWords(language);
  return html`<section><h2>${words.sensitivity}</h2>
${traded(found, words)}${refits(found, words, ofClasses)}
</section>
`;
}

function traded({ traded: points }: SensitivityReport, words: InsightWords): Html | null {
  if (points.length === 0) return null;
  const costs = [...new Set(points.map(({ costBps }) => costBps))];
  const periods = [...new Set(points.map(({ rebalance }) => rebalance))];
  const grid = (of: (point: TradedPoint) => number) =>
    periods.map((rebalance) =>
      costs.map((costBps) => {
        const point = points.find((one) => one.costBps === costBps && one.rebalance === rebalance);
        return point ? of(point) : Number.NaN;
      }),
    );
  const axes = {
    columns: costs.map((cost) => formatNumber(cost, Number.isInteger(cost) ? 0 : 1)),
    rows: periods.map((rebalance) =>
      typeof rebalance === 'number' ? words.everySessions(rebalance) : (words.rebalances[rebalance] ?? rebalance),
    ),
    columnsName: words.cost,
    rowsName: words.rebalance,
  };
  const size = { ...HALF, height: 80 + 44 * periods.length };
  const lead = ({ excessOverUniverse, excessOverBenchmark }: TradedPoint) =>
    excessOverUniverse ?? excessOverBenchmark ?? Number.NaN;
  return html`<div class="charts">${chartFigure(
    {
      id: 'sensitivity-return',
      title: words.traded,
      note: words.tradedNote,
      chart: (at) =>
        valueGridChart({ ...axes, values: grid(lead), unit: 0.1, format: (value) => formatNumber(100 * value, 1) }, at),
    },
    size,
  )}${chartFigure(
    {
      id: 'sensitivity-sharpe',
      title: words.tradedSharpe,
      note: words.tradedSharpeNote,
      chart: (at) =>
        valueGridChart(
          { ...axes, values: grid(({ sharpe }) => sharpe), unit: 1, format: (value) => formatNumber(value, 2) },
          at,
        ),
    },
    size,
  )}</div>`;
}

function refits({ refits: points, budget }: SensitivityReport, words: InsightWords, ofClasses: boolean): Html | null {
  if (points.length === 0) return null;
  const horizons = [...new Set(points.map(({ horizonDays }) => horizonDays))];
  const years = [...new Set(points.map(({ trainYears }) => trainYears))];
  const yearsText = (value: number | null) =>
    value === null ? words.ownYears : formatNumber(value, value % 1 ? 1 : 0);
  const at = (trainYears: number | null, horizonDays: number) =>
    points.find((point) => point.trainYears === trainYears && point.horizonDays === horizonDays);
  const values = (of: (point: RefitPoint) => number) =>
    years.map((year) =>
      horizons.map((horizon) => {
        const point = at(year, horizon);
        return point ? of(point) : Number.NaN;
      }),
    );
  const samples = budget.samplesPerEpoch === null ? words.all : formatCount(budget.samplesPerEpoch);
  return html`<div class="charts">${chartFigure(
    {
      id: 'sensitivity-refits',
      title: words.refits,
      note: words.refitsNote(formatCount(budget.maxEpochs), samples),
      chart: (size) =>
        valueGridChart(
          {
            columns: horizons.map(String),
            rows: years.map(yearsText),
            columnsName: words.horizon,
            rowsName: words.trainYears,
            values: values(({ rankIc }) => rankIc),
            unit: 0.03,
            format: (value) => formatNumber(value, 3),
          },
          size,
        ),
    },
    { ...HALF, height: 90 + 44 * years.length },
  )}</div>${table(
    words.refitReturn,
    [
      text(words.trainYears),
      figure(words.horizon),
      figure(words.trainSamples),
      ...(ofClasses ? [figure(words.accuracy), figure(words.majority)] : []),
      figure(words.rankIc),
      figure(words.t),
      figure(words.annualised),
      figure(words.excess),
      figure(words.sharpe),
    ],
    points.map((point) => ({
      cells: [
        yearsText(point.trainYears),
        formatCount(point.horizonDays),
        formatCount(point.trainSamples),
        ...(ofClasses ? [formatPercent(point.accuracy), formatPercent(point.majorityRate)] : []),
        formatNumber(point.rankIc, 3),
        formatNumber(point.rankIcT, 1),
        formatPercent(point.annualisedReturn),
        formatPercent(point.excessOverUniverse ?? Number.NaN),
        formatNumber(point.sharpe, 2),
      ],
    })),
  )}`;
}
