import type { ResampledRange } from '../../evaluation/index.js';
import { formatCount, formatNumber, formatPercent } from '../../util/index.js';
import type { ReportContext } from '../context.js';
import { type Html, html } from '../html.js';
import { figure, table, text } from '../table.js';
import type { SignificanceReport } from '../types.js';
import { type SignificanceWords, significanceWords } from '../words/significance.js';

/** The model and its strategy against each other one, tested. Nothing where it was not measured. */
export function significance(context: ReportContext): Html | null {
  const { significance: tests } = context.data;
  if (!tests || tests.models.length + tests.strategies.length === 0) return null;
  const words = significanceWords(context.language);
  return html`<section><h2>${words.title}</h2>
${modelsTable(context, tests, words)}
${strategiesTable(context, tests, words)}
${resampledTable(context, tests, words)}
</section>
`;
}

function modelsTable({ data, model, nameOf }: ReportContext, { models }: SignificanceReport, words: SignificanceWords) {
  const rows = models.flatMap((test) => {
    const named = data.models.find(({ id }) => id === test.id);
    // Forecasts of a return name no class, and so have no accuracy.
    return named && test.days > 0 ? [{ test, name: nameOf(named) }] : [];
  });
  if (rows.length === 0) return null;
  const [{ test: first }] = rows;
  const caption = words.models({
    model: nameOf(model),
    days: formatCount(first.days),
    samples: formatCount(first.samples),
  });
  const block = Math.max(...rows.map(({ test }) => test.meanBlock));
  return html`${table(
    caption,
    [
      text(words.against),
      figure(words.accuracy, words.accuracyHint),
      figure(words.interval, words.intervalHint),
      figure(words.t, words.tHint),
      figure(words.p),
      figure(words.holm, words.holmHint),
      figure(words.wilcoxon, words.wilcoxonHint),
      figure(words.mcNemar, words.mcNemarHint),
    ],
    rows.map(({ test, name }) => ({
      cells: [
        name,
        formatPercent(test.mean, 2, true),
        span(test.interval.low, test.interval.high, 1, 2),
        formatNumber(test.t, 1),
        formatP(test.p),
        formatP(test.pHolm),
        formatP(test.wilcoxonP),
        formatP(test.mcNemar.p),
      ],
    })),
  )}
<p class="note">${words.modelsNote(formatCount(first.lags), formatCount(block))}</p>`;
}

function strategiesTable(
  { data, nameOf }: ReportContext,
  { strategies }: SignificanceReport,
  words: SignificanceWords,
): Html | null {
  const rows = strategies.flatMap((test) => {
    const named = data.strategies.find(({ id }) => id === test.id);
    return named ? [{ test, name: nameOf(named) }] : [];
  });
  if (rows.length === 0) return null;
  const year = data.sessionsPerYear;
  return html`${table(
    words.strategies({ days: formatCount(rows[0].test.days) }),
    [
      text(words.against),
      figure(words.perYear, words.perYearHint),
      figure(words.interval, words.intervalHint),
      figure(words.t, words.tHint),
      figure(words.p),
      figure(words.holm, words.holmHint),
      figure(words.wilcoxon, words.wilcoxonHint),
    ],
    rows.map(({ test, name }) => ({
      cells: [
        name,
        formatPercent(test.mean * year, 1, true),
        span(test.interval.low, test.interval.high, year, 1),
        formatNumber(test.t, 1),
        formatP(test.p),
        formatP(test.pHolm),
        formatP(test.wilcoxonP),
      ],
    })),
  )}
<p class="note">${words.strategiesNote}</p>`;
}

/** The test drawn anew: how far the figures hang on the days that came. */
function resampledTable(
  { data, nameOf, strategy }: ReportContext,
  { resampled }: SignificanceReport,
  words: SignificanceWords,
): Html | null {
  if (!resampled) return null;
  const { annualisedReturn, sharpe, maxDrawdown, against, lossShare } = resampled;
  const measured = strategy.measures.performance;
  const cells = ({ low, median, high }: ResampledRange, write: (value: number) => string) =>
    [low, median, high].map(write);
  const percent = (value: number) => formatPercent(value);
  const rows = [
    [
      words.annualised,
      percent(measured.annualisedReturn),
      ...cells(annualisedReturn, percent),
      formatPercent(lossShare),
    ],
    [words.sharpe, formatNumber(measured.sharpe), ...cells(sharpe, (value) => formatNumber(value)), ''],
    [words.drawdown, percent(measured.maxDrawdown), ...cells(maxDrawdown, percent), ''],
    ...against.flatMap(({ id, excess, behindShare }) => {
      const other = data.strategies.find((row) => row.id === id);
      if (!other) return [];
      const lead = measured.annualisedReturn - other.measures.performance.annualisedReturn;
      const signed = (value: number) => formatPercent(value, 1, true);
      return [[words.lead(nameOf(other)), signed(lead), ...cells(excess, signed), formatPercent(behindShare)]];
    }),
  ];
  return html`${table(
    words.resampled(formatCount(resampled.replications)),
    [
      text(words.measure),
      figure(words.measured),
      figure(words.low),
      figure(words.median),
      figure(words.high),
      figure(words.below, words.belowHint),
    ],
    rows.map((row) => ({ cells: row })),
  )}
<p class="note">${words.resampledNote(formatCount(Math.round(resampled.meanBlock)))}</p>`;
}

function span(low: number, high: number, scale: number, decimals: number): string {
  if (Number.isNaN(low)) return formatNumber(null);
  return `${formatPercent(low * scale, decimals, true)} … ${formatPercent(high * scale, decimals, true)}`;
}

/** Three decimals, and no p-value of 0. */
export const formatP = (p: number): string => (p < 0.0005 ? '< 0.001' : formatNumber(p, 3));
