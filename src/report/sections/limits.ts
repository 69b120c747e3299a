import { type CurveInput, curveChart } from '../../charts/index.js';
import type { BreakEvenRate, CapacityLimit } from '../../evaluation/index.js';
import { formatCount, formatNumber, formatPercent } from '../../util/index.js';
import type { MoneyContext } from '../context.js';
import { type Html, html } from '../html.js';
import type { LimitsReport } from '../types.js';
import { type LimitWords, limitWords } from '../words/limits.js';
import { chartFigure, HALF } from './chart-figure.js';

/** Break-even cost and capacity: the two curves, and in words where they cross. Nothing where they were not measured. */
export function limits(context: MoneyContext): Html | null {
  const { limits: measured } = context.data;
  if (!measured) return null;
  const words = limitWords(context.language);
  const sentences = limitSentences(measured, context.data.market.benchmarkName, words);
  const { breakEven, capacity } = measured;
  const placed = capacity.points.filter((point) => point.placed);
  return html`<section><h2>${words.title}</h2>
<p>${sentences.join(context.words.sentenceSpace)}</p>
<div class="charts">${chartFigure(
    {
      id: 'break-even',
      title: words.costs,
      note: words.costsNote,
      chart: (size) =>
        curveChart(
          excessCurve(context, words, breakEven.points, {
            x: breakEven.points.map(({ costBps }) => costBps),
            xName: words.rate,
            xScale: 'linear',
            formatX: (value) => formatCount(value),
          }),
          size,
        ),
    },
    HALF,
  )}${chartFigure(
    {
      id: 'capacity',
      title: words.capital,
      note: words.capitalNote,
      chart: (size) =>
        curveChart(
          {
            x: placed.map(({ capital }) => capital),
            xName: words.money,
            xScale: 'log',
            formatX: (value) => formatMoney(value),
            formatY: (value) => formatPercent(value, 0),
            lines: [
              { name: words.net, role: 'subject', values: placed.map(({ annualisedReturn }) => annualisedReturn) },
              ...excessCurve(context, words, placed).lines.map((line) => ({
                ...line,
                role: line.dashed ? ('universe' as const) : ('benchmark' as const),
              })),
            ],
          },
          size,
        ),
    },
    HALF,
  )}</div>
</section>
`;
}

interface ExcessPoint {
  readonly excessOverBenchmark: number | null;
  readonly excessOverUniverse: number | null;
}

function excessCurve(
  { data }: MoneyContext,
  words: LimitWords,
  points: readonly ExcessPoint[],
  axis: Partial<CurveInput> = {},
): CurveInput {
  const values = (of: (point: ExcessPoint) => number | null) => points.map((point) => of(point) ?? Number.NaN);
  const universe = points.some(({ excessOverUniverse }) => excessOverUniverse !== null);
  return {
    x: [],
    xName: '',
    xScale: 'linear',
    formatX: String,
    formatY: (value) => formatPercent(value, 0),
    ...axis,
    lines: [
      {
        name: words.overBenchmark(data.market.benchmarkName),
        role: 'subject',
        values: values((point) => point.excessOverBenchmark),
      },
      ...(universe
        ? [
            {
              name: words.overUniverse,
              role: 'universe' as const,
              dashed: true,
              values: values((point) => point.excessOverUniverse),
            },
          ]
        : []),
    ],
  };
}

/** `3.2e9` as `3.2 bn`: a capital is known to two figures at best. */
function formatMoney(value: number): string {
  const [unit, name] = value >= 1e9 ? [1e9, ' bn'] : value >= 1e6 ? [1e6, ' m'] : [1, ''];
  const figure = value / unit;
  return `${formatNumber(figure, figure < 9.95 && !Number.isInteger(figure) ? 1 : 0)}${name}`;
}

/** Where the lead over index and universe ends, in words. */
export function limitSentences(measured: LimitsReport, benchmark: string, words: LimitWords): string[] {
  const { breakEven, capacity, impactCoefficient } = measured;
  const highest = formatCount(breakEven.points.at(-1)?.costBps);
  const largest = formatMoney(capacity.points.at(-1)?.capital ?? Number.NaN);
  const smallest = formatMoney(capacity.points.find(({ placed }) => placed)?.capital ?? Number.NaN);
  const rate = (against: string, { state, costBps, analyticBps }: BreakEvenRate): string => {
    if (state === 'found') return words.breakEven(against, formatNumber(costBps, 1), formatNumber(analyticBps, 1));
    if (state === 'never') return words.neverEven(against);
    return state === 'beyond' ? words.evenBeyond(against, highest) : words.undefinedFor(against);
  };
  const size = (against: string, { state, capital }: CapacityLimit): string => {
    if (state === 'found') return words.capacity(against, formatMoney(capital ?? Number.NaN));
    if (state === 'unplaced') return words.unplaced(against, formatMoney(capital ?? Number.NaN));
    if (state === 'never') return words.neverLeads(against, smallest);
    return state === 'beyond' ? words.leadsBeyond(against, largest) : words.undefinedFor(against);
  };
  return [
    rate(benchmark, breakEven.overBenchmark),
    ...(breakEven.overUniverse ? [rate(words.universe, breakEven.overUniverse)] : []),
    size(benchmark, capacity.overBenchmark),
    ...(capacity.overUniverse ? [size(words.universe, capacity.overUniverse)] : []),
    words.invested(
      formatPercent(capacity.points[0]?.investedShare, 0),
      formatMoney(capacity.points[0]?.capital ?? Number.NaN),
      formatPercent(capacity.points.at(-1)?.investedShare, 0),
      largest,
    ),
    impactCoefficient > 0 ? words.impact(formatNumber(impactCoefficient)) : words.noImpact,
  ];
}
