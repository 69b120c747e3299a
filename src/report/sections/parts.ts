import { valueGridChart } from '../../charts/index.js';
import type { IndustryContribution, MonthSkill } from '../../evaluation/index.js';
import { formatCount, formatNumber, formatPercent } from '../../util/index.js';
import type { ReportContext } from '../context.js';
import { type Html, html } from '../html.js';
import type { PartsReport } from '../insight-types.js';
import { figure, table, text } from '../table.js';
import { type InsightWords, insightWords } from '../words/insights.js';
import { chartFigure, HALF } from './chart-figure.js';

/** Skill by month and industry, and the special periods. */
export function parts(context: ReportContext): Html | null {
  const { parts: found } = context.data;
  if (!found) return null;
  const words = insightWords(context.language);
  return html`<section><h2>${words.parts}</h2>
${months(context, found, words)}${industries(context, found, words)}${contributions(context, found, words)}${periods(context, found, words)}
</section>
`;
}

function months(
  { words: common, ofClasses }: ReportContext,
  { months: found }: PartsReport,
  words: InsightWords,
): Html | null {
  if (found.length === 0) return null;
  const years = [...new Set(found.map(({ year }) => year))];
  const grid = (of: (month: MonthSkill) => number) =>
    years.map((year) =>
      Array.from({ length: 12 }, (_, m) => {
        const month = found.find((one) => one.year === year && one.month === m + 1);
        return month ? of(month) : Number.NaN;
      }),
    );
  const axes = { columns: common.shortMonths, rows: years.map(String) };
  const size = { ...HALF, height: 50 + 34 * years.length };
  const format = (value: number) => formatNumber(100 * value, 0);
  return html`<div class="charts">${chartFigure(
    {
      id: 'skill-months',
      title: words.months,
      note: words.monthsNote,
      chart: (at) => valueGridChart({ ...axes, values: grid(({ rankIc }) => rankIc.mean), unit: 0.06, format }, at),
    },
    size,
  )}${
    ofClasses &&
    chartFigure(
      {
        id: 'accuracy-months',
        title: words.monthAccuracy,
        note: words.monthAccuracyNote,
        chart: (at) =>
          valueGridChart(
            { ...axes, values: grid(({ accuracy, majorityRate }) => accuracy - majorityRate), unit: 0.06, format },
            at,
          ),
      },
      size,
    )
  }</div>`;
}

function industries(
  { ofClasses }: ReportContext,
  { industries: found }: PartsReport,
  words: InsightWords,
): Html | null {
  if (found.length < 2) return null;
  return table(
    words.industries,
    [
      text(words.industry),
      figure(words.samples),
      ...(ofClasses ? [figure(words.accuracy), figure(words.majority)] : []),
      figure(words.rankIc),
      figure(words.t),
    ],
    found.map(({ industry, samples, accuracy, majorityRate, rankIc }) => ({
      cells: [
        industry,
        formatCount(samples),
        ...(ofClasses ? [formatPercent(accuracy), formatPercent(majorityRate)] : []),
        formatNumber(rankIc.mean, 3),
        formatNumber(rankIc.t, 1),
      ],
    })),
  );
}

/** Money by industry, before and after costs. */
function contributions(
  { strategy }: ReportContext,
  { contributions: found }: PartsReport,
  words: InsightWords,
): Html | null {
  if (!found || found.length < 2) return null;
  const points = (value: number) => formatPercent(value, 2, true);
  const sum = (of: (row: IndustryContribution) => number) => found.reduce((all, row) => all + of(row), 0);
  return table(
    words.contributions(formatPercent(strategy.measures.performance.totalReturn)),
    [
      text(words.industry),
      figure(words.stocks),
      figure(words.tradedShare),
      figure(words.beforeCosts),
      figure(words.costs),
      figure(words.afterCosts),
    ],
    [
      ...found.map(({ industry, stocks, tradedShare, afterCosts, costs }) => ({
        cells: [
          industry ?? words.noIndustry,
          formatCount(stocks),
          formatPercent(tradedShare),
          points(afterCosts + costs),
          points(-costs),
          points(afterCosts),
        ],
      })),
      {
        emphasis: 'subject' as const,
        cells: [
          words.allIndustries,
          formatCount(sum(({ stocks }) => stocks)),
          formatPercent(sum(({ tradedShare }) => tradedShare)),
          points(sum(({ afterCosts, costs }) => afterCosts + costs)),
          points(-sum(({ costs }) => costs)),
          points(sum(({ afterCosts }) => afterCosts)),
        ],
      },
    ],
  );
}

function periods(
  { data, nameOf, ofClasses }: ReportContext,
  { periods: found }: PartsReport,
  words: InsightWords,
): Html | null {
  const called = (name: string) => (Object.hasOwn(words.periodNames, name) ? words.periodNames[name] : name);
  const reached = found.filter(({ sessions }) => sessions > 0);
  const outside = found.filter(({ sessions }) => sessions === 0).map(({ name }) => called(name));
  const note = outside.length > 0 && html`<p class="note">${words.outside(outside.join(', '))}</p>`;
  if (reached.length === 0) return note ? html`${note}` : null;
  return html`${table(
    words.periods,
    [
      text(words.period),
      figure(words.sessions),
      figure(words.samples),
      ...(ofClasses ? [figure(words.accuracy), figure(words.majority)] : []),
      figure(words.rankIc),
      figure(words.t),
    ],
    reached.map(({ name, sessions, skill }) => ({
      cells: [
        called(name),
        formatCount(sessions),
        formatCount(skill.samples),
        ...(ofClasses ? [formatPercent(skill.accuracy), formatPercent(skill.majorityRate)] : []),
        formatNumber(skill.rankIc.mean, 3),
        formatNumber(skill.rankIc.t, 1),
      ],
    })),
  )}${table(
    words.periodReturns,
    [text(words.strategy), ...reached.map(({ name }) => figure(called(name)))],
    data.strategies.map((row) => ({
      ...(row.role === 'subject' && { emphasis: 'subject' as const }),
      cells: [
        nameOf(row),
        ...reached.map(({ strategies }) => formatPercent(strategies[row.id]?.totalReturn ?? Number.NaN)),
      ],
    })),
  )}${note}`;
}
