import { coverageChart } from '../../charts/index.js';
import { formatCount, formatPercent } from '../../util/index.js';
import type { ReportContext } from '../context.js';
import { type Html, html } from '../html.js';
import { figure, table, text } from '../table.js';
import type { MarketDataReport } from '../types.js';
import { type DataWords, dataWords } from '../words/data.js';
import { chartFigure, pageWide } from './chart-figure.js';

const share = (value: number) => (Number.isNaN(value) ? '–' : formatPercent(value, 2));
const named = (words: Readonly<Record<string, string>>, key: string, otherwise: string) =>
  Object.hasOwn(words, key) ? words[key] : otherwise;

/** Not broken across lines. */
const together = (words: string) => html`<span class="whole">${words}</span>`;

/** Table 1, coverage of the index, screening, cleaning by mask, missing values of the inputs; nothing where not measured. */
export function dataFigures({ data: { data }, language, words: { columns } }: ReportContext): Html | null {
  if (!data) return null;
  const words = dataWords(language);
  return html`${tableOne(data, words)}
<p class="note">${words.bars({
    stockDays: formatCount(data.stockDays),
    suspended: formatCount(data.suspended),
    missing: formatCount(data.missing),
  })}</p>
${coverage(data, words)}
${screening(data, words, columns.reason)}
${cleaning(data, words)}
${groups(data, words)}
`;
}

function tableOne({ table: rows }: MarketDataReport, words: DataWords): Html {
  return table(
    words.tableOne,
    [
      text(words.dataType),
      figure(words.samples),
      figure(words.variables),
      text(words.span),
      figure(words.missing),
      text(words.sample),
      text(words.source),
    ],
    rows.map((row) => ({
      cells: [
        together(named(words.types, row.type, row.type)),
        formatCount(row.samples),
        formatCount(row.variables),
        html`${together(row.from)} – ${together(row.to)}`,
        share(row.missingShare),
        named(words.sampleKinds, row.sample, row.sample),
        row.source,
      ],
    })),
  );
}

function coverage({ coverage: found }: MarketDataReport, words: DataWords): Html {
  return chartFigure(
    {
      id: 'coverage',
      title: words.coverage,
      note: words.coverageNote(share(found.meanShare), formatCount(found.membersWithoutBars)),
      chart: (size) => coverageChart(found, size),
    },
    pageWide(200, 180),
  );
}

function screening({ screening: found }: MarketDataReport, words: DataWords, reasonLabel: string): Html {
  if (found === null) return html`<p class="note">${words.notScreened}</p>`;
  const { before, after, counts } = found;
  return html`${table(
    words.screening(formatCount(after), formatCount(before)),
    [text(reasonLabel), figure(words.stockDays), figure(words.share), figure(words.stocks)],
    counts.map(({ reason, title, stockDays, stocks }) => ({
      cells: [
        named(words.reasons, reason, title),
        formatCount(stockDays),
        share(stockDays / before),
        formatCount(stocks),
      ],
    })),
  )}<p class="note">${words.screeningNote}</p>`;
}

function cleaning({ cleaning: masks, stockDays: all, extremes }: MarketDataReport, words: DataWords): Html {
  return html`${table(
    words.cleaning,
    [text(words.cleaningRule), text(words.outcome), figure(words.stockDays), figure(words.share)],
    masks.map(({ mask, title, outcome, stockDays }) => ({
      cells: [named(words.masks, mask, title), words.outcomes[outcome], formatCount(stockDays), share(stockDays / all)],
    })),
  )}<p class="note">${words.extremes(formatCount(extremes), share(extremes / all))}</p>`;
}

function groups({ groups: rows, maxMissing }: MarketDataReport, words: DataWords): Html {
  const column = ({ name, missingShare }: { name: string; missingShare: number }) => `${name} ${share(missingShare)}`;
  return table(
    words.groups,
    [
      text(words.group),
      figure(words.used),
      figure(words.missing),
      text(words.worst),
      text(words.leftOut(formatPercent(maxMissing, 0))),
    ],
    rows.map(({ group, used, missingShare, worst, leftOut }) => ({
      cells: [
        group,
        formatCount(used),
        share(missingShare),
        worst === null ? '–' : column(worst),
        leftOut.length === 0 ? '–' : leftOut.map(column).join(', '),
      ],
    })),
  );
}
