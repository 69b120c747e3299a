import { attentionChart, attentionPanels, importanceChart, valueGridChart } from '../../charts/index.js';
import type { PartImportance, PermutationImportance } from '../../explain/index.js';
import { formatCount, formatDay, formatNumber } from '../../util/index.js';
import type { ReportContext } from '../context.js';
import { type Html, html } from '../html.js';
import type { ExplanationReport, ImportanceMeasure } from '../insight-types.js';
import { figure, table, text } from '../table.js';
import { type InsightWords, insightWords } from '../words/insights.js';
import { chartFigure, pageWide } from './chart-figure.js';

const SHOWN = 20;
/** Attributions are shown in thousandths of the score. */
const THOUSANDTHS = 1000;

/** Permutation importance, integrated gradients and attention; nothing where none was asked for. */
export function explanation({ data, language, ofClasses }: ReportContext): Html | null {
  const { explanation: found } = data;
  if (!found) return null;
  const words = insightWords(language);
  return html`<section><h2>${words.explanation}</h2>
${data.protocol ? html`<p class="note">${words.fold(found.fold)}</p>` : null}
${permutation(found, words, ofClasses)}${gradients(found, words, ofClasses)}${attention(found, words)}
</section>
`;
}

const nameOf = (words: InsightWords, group: string) =>
  Object.hasOwn(words.groupNames, group) ? words.groupNames[group] : group;

type Importance = PermutationImportance<ImportanceMeasure>;

function permutation({ permutation: found }: ExplanationReport, words: InsightWords, ofClasses: boolean): Html | null {
  if (found === null) return null;
  const chart = (kind: 'groups' | 'features', importance: Importance | null) => {
    if (importance === null) return null;
    const { samples, sections, repeats } = importance;
    const parts = sorted(importance).slice(0, SHOWN);
    const rows = parts.map((part) => ({
      name: kind === 'groups' ? nameOf(words, part.name) : part.name,
      value: -part.change.rankIc.mean,
      sd: part.change.rankIc.sd,
    }));
    const height = 60 + rows.length * 22;
    return chartFigure(
      {
        id: `importance-${kind}`,
        title: words[kind],
        note: words.importanceNote({
          samples: formatCount(samples),
          days: formatCount(sections),
          repeats,
          test: found.on === 'test',
        }),
        chart: (size) =>
          importanceChart({ rows, name: words.rankIcDrop, format: (value) => formatNumber(value, 3) }, size),
      },
      pageWide(height, height),
    );
  };
  const rows = [found.groups, found.features].flatMap((importance, i) =>
    importance === null
      ? []
      : sorted(importance)
          .slice(0, SHOWN)
          .map((part) => ({ part, isGroup: i === 0 })),
  );
  const spread = (value: number, sd: number, digits: number) =>
    `${formatNumber(value, digits)}${Number.isNaN(sd) ? '' : ` ± ${formatNumber(sd, digits)}`}`;
  return html`${chart('groups', found.groups)}${chart('features', found.features)}${table(
    words.importance,
    [
      text(found.groups === null ? words.feature : words.group),
      text(words.dealt),
      figure(words.rankIcDrop),
      ...(ofClasses ? [figure(words.accuracyDrop), figure(words.logLossRise)] : []),
    ],
    rows.map(({ part: { name, dealt, change }, isGroup }) => ({
      cells: [
        isGroup ? nameOf(words, name) : name,
        words.dealtBy[dealt],
        spread(-change.rankIc.mean, change.rankIc.sd, 4),
        ...(ofClasses
          ? [
              spread(-100 * change.accuracy.mean, 100 * change.accuracy.sd, 2),
              spread(change.logLoss.mean, change.logLoss.sd, 5),
            ]
          : []),
      ],
    })),
  )}`;
}

/** The largest drop first; parts whose IC is undefined last. */
function sorted({ parts }: Importance): PartImportance<ImportanceMeasure>[] {
  const drop = ({ change }: PartImportance<ImportanceMeasure>) =>
    Number.isNaN(change.rankIc.mean) ? Number.NEGATIVE_INFINITY : -change.rankIc.mean;
  return [...parts].sort((a, b) => drop(b) - drop(a) || 0);
}

function gradients(found: ExplanationReport, words: InsightWords, ofClasses: boolean): Html | null {
  const { gradients: measured, window, columns } = found;
  if (measured === null) return null;
  const { profile, steps, examples, baseline } = measured;
  const groups = [...new Set(columns.map(({ group }) => group))];
  const byGroup = (values: ArrayLike<number>) =>
    groups.map((group) =>
      Array.from({ length: window }, (_, t) =>
        columns.reduce(
          (sum, column, k) => (column.group === group ? sum + THOUSANDTHS * values[t * columns.length + k] : sum),
          0,
        ),
      ),
    );
  const lags = Array.from({ length: window }, (_, t) => String(window - 1 - t));
  const axes = { columns: lags, rows: groups.map((group) => nameOf(words, group)), columnsName: words.lag };
  const cellText = (wide: boolean) => (value: number) => (wide && window <= 30 ? formatNumber(value, 1) : '');
  const height = 70 + 26 * groups.length;
  const importance = columns
    .map(({ name }, k) => {
      let value = 0;
      for (let t = 0; t < window; t++) value += THOUSANDTHS * profile.meanAbsolute[t * columns.length + k];
      return { name, value, sd: Number.NaN };
    })
    .sort((a, b) => b.value - a.value)
    .slice(0, SHOWN);
  const barHeight = 60 + 22 * importance.length;
  return html`${chartFigure(
    {
      id: 'gradients',
      title: words.gradients,
      note: words.gradientsNote({
        samples: formatCount(profile.samples),
        steps,
        gap: formatNumber(profile.meanGap, 5),
        ofClasses,
      }),
      chart: (size) =>
        valueGridChart(
          {
            ...axes,
            ...thinned(axes.columns, size.width),
            values: byGroup(profile.meanAbsolute),
            unit: null,
            format: cellText(size.width > 600),
          },
          size,
        ),
    },
    pageWide(height, height),
  )}${examples.map((example, i) => {
    const values = byGroup(example.attributions);
    const unit = Math.max(1e-9, ...values.flat().map(Math.abs)) / 2;
    return chartFigure(
      {
        id: `gradients-example-${i + 1}`,
        title: words.example(example.symbol, formatDay(example.date), formatNumber(example.score, 3)),
        note: words.exampleNote(formatNumber(baseline, 3)),
        chart: (size) =>
          valueGridChart(
            { ...axes, ...thinned(axes.columns, size.width), values, unit, format: cellText(size.width > 600) },
            size,
          ),
      },
      pageWide(height, height),
    );
  })}${chartFigure(
    {
      id: 'gradients-features',
      title: words.topFeatures,
      note: words.topFeaturesNote,
      chart: (size) =>
        importanceChart(
          { rows: importance, name: words.meanAbsolute, format: (value) => formatNumber(value, value < 10 ? 1 : 0) },
          size,
        ),
    },
    pageWide(barHeight, barHeight),
  )}`;
}

/** Names of columns where there is room for them. */
function thinned(names: readonly string[], width: number): { columns: readonly string[] } {
  const every = Math.ceil((names.length * 24) / width);
  return {
    columns: names.map((name, i) => ((names.length - 1 - i) % every === 0 ? name : '')),
  };
}

function attention({ attention: maps, window }: ExplanationReport, words: InsightWords): Html | null {
  if (maps === null) return null;
  if (maps.length === 0) return html`<p class="note">${words.noAttention}</p>`;
  return html`${maps.map(({ name, heads, steps, mean }, i) => {
    // Each pooling halves the window, an odd last step left out.
    const sessions = 2 ** Math.floor(Math.log2(window / steps));
    const stepNames = Array.from({ length: steps }, (_, k) => `−${window - (k + 1) * sessions}`.replace('−0', '0'));
    const height = (width: number) => attentionPanels(heads, width).down * 190;
    const input = { heads, steps, mean, stepNames, words };
    return chartFigure(
      {
        id: `attention-${i + 1}`,
        title: maps.length === 1 ? words.attention : `${words.attention}: ${name}`,
        note: words.attentionNote(sessions),
        chart: (size) => attentionChart(input, size),
      },
      pageWide(height(860), height(344)),
    );
  })}`;
}
