import { exposureChart } from '../../charts/index.js';
import { formatCount, formatDay, formatNumber, formatPercent } from '../../util/index.js';
import type { ReportContext } from '../context.js';
import { type Html, html } from '../html.js';
import { figure, table, text } from '../table.js';
import type { RiskEventReport, RiskReport } from '../types.js';
import type { Words } from '../words/english.js';
import { chartFigure, pageWide } from './chart-figure.js';

/** What each risk control saved and cost; nothing where none is on. */
export function risk({ data, words }: ReportContext): Html | null {
  const { risk: report } = data;
  if (!report) return null;
  const { charts } = words;
  const lines = [
    { name: charts.invested, role: 'subject' as const, area: true, values: report.invested },
    { name: charts.allowed, role: 'benchmark' as const, values: report.allowed },
  ];
  return html`<section><h2>${words.sections.risk}</h2>
${verdict(report, words)}
${variantsTable(report, words)}
${chartFigure(
  {
    id: 'exposure',
    title: charts.exposure,
    note: charts.exposureNote,
    chart: (size) => exposureChart({ dates: report.dates, lines }, size),
  },
  pageWide(240, 220),
)}
${eventList(words.captions.riskEvents, report.events, report.eventCount, false, words)}
${eventList(words.captions.stops, report.stops, report.stopCount, true, words)}
</section>
`;
}

/** A difference of two shares: `+4.9` percentage points. */
const points = (difference: number, signed = false) =>
  (signed && difference > 0 ? '+' : '') + formatNumber(100 * difference, 1);

function verdict({ variants }: RiskReport, { risk: wording }: Words): Html | null {
  const all = variants.find(({ id }) => id === 'all');
  const none = variants.find(({ id }) => id === 'none');
  if (!all || !none) return null;
  return html`<p>${wording.verdict({
    annual: formatPercent(all.measures.performance.annualisedReturn),
    without: formatPercent(none.measures.performance.annualisedReturn),
    returnEffect: points(none.returnEffect, true),
    drawdownEffect: points(Math.abs(none.drawdownEffect)),
    smaller: none.drawdownEffect >= 0,
  })}</p>`;
}

function variantsTable({ variants }: RiskReport, { columns, hints, captions, risk: wording }: Words): Html {
  const nameOf = (id: string) => {
    if (id === 'all' || id === 'none') return wording[id];
    return wording.without(Object.hasOwn(wording.controls, id) ? wording.controls[id] : id);
  };
  return table(
    captions.riskControls,
    [
      text(columns.strategy),
      figure(columns.annualised),
      figure(columns.volatility),
      figure(columns.drawdown),
      figure(columns.sharpe, hints.sharpe),
      figure(columns.turnover, hints.turnover),
      figure(columns.costDrag, hints.costDrag),
      figure(columns.acted, hints.acted),
      figure(columns.returnEffect, hints.returnEffect),
      figure(columns.volatilityEffect, hints.volatilityEffect),
      figure(columns.drawdownEffect, hints.drawdownEffect),
    ],
    variants.map(({ id, measures: { performance, trading }, acted, ...effects }) => ({
      ...(id === 'all' && { emphasis: 'subject' as const }),
      cells: [
        nameOf(id),
        formatPercent(performance.annualisedReturn),
        formatPercent(performance.volatility),
        formatPercent(performance.maxDrawdown),
        formatNumber(performance.sharpe),
        trading && !Number.isNaN(trading.annualTurnover)
          ? `${formatNumber(trading.annualTurnover, 1)}×`
          : formatNumber(null),
        formatPercent(trading?.costDrag),
        formatCount(acted),
        formatPercent(effects.returnEffect, 1, true),
        formatPercent(effects.volatilityEffect, 1, true),
        formatPercent(effects.drawdownEffect, 1, true),
      ],
    })),
  );
}

function eventList(
  caption: string,
  events: readonly RiskEventReport[],
  count: number,
  withSymbol: boolean,
  { columns, risk: wording }: Words,
): Html | null {
  if (events.length === 0) return null;
  const named = (names: Readonly<Record<string, string>>, key: string) =>
    Object.hasOwn(names, key) ? names[key] : key;
  return html`<details><summary>${caption} (${formatCount(count)})</summary>
${table(
  caption,
  [
    text(columns.date),
    ...(withSymbol ? [text(columns.symbol)] : [text(columns.control), text(columns.event)]),
    figure(columns.measure),
    figure(columns.threshold),
    ...(withSymbol ? [] : [figure(columns.exposure)]),
  ],
  events.map((event) => ({
    cells: [
      formatDay(event.date),
      ...(withSymbol ? [event.symbol] : [named(wording.controls, event.control), named(wording.kinds, event.kind)]),
      formatPercent(event.measure),
      formatPercent(event.threshold),
      ...(withSymbol ? [] : [formatPercent(event.exposure, 0)]),
    ],
  })),
)}
${events.length < count ? html`<p class="note">${wording.lastOnes(events.length, count)}</p>` : null}</details>`;
}
