import { formatCount, formatDay, formatNumber } from '../../util/index.js';
import type { ReportContext } from '../context.js';
import { type Html, html } from '../html.js';
import { figure, table, text } from '../table.js';
import { countedTable } from './counted-table.js';
import { dataFigures } from './data-figures.js';

/** What came in, what is wrong with it, what it cannot support, and what was left out. */
export function data(context: ReportContext): Html {
  const { words } = context;
  const { market, samples } = context.data;
  const { facts, captions, columns } = words;
  return html`<section><h2>${words.sections.data}</h2>
<dl class="facts">
<dt>${facts.market}</dt><dd>${market.title}</dd>
<dt>${facts.source}</dt><dd>${market.source}</dd>
<dt>${facts.span}</dt><dd>${formatDay(market.from)} – ${formatDay(market.to)}, ${facts.sessions(formatCount(market.sessions))}</dd>
<dt>${facts.instruments}</dt><dd>${formatCount(market.instruments)}</dd>
<dt>${facts.universe}</dt><dd>${facts.universeSize(formatNumber(market.universeSize, 0))}</dd>
</dl>
${dataFigures(context)}
${findingsTable(context)}
${
  market.off.length > 0 &&
  table(
    captions.off,
    [text(columns.what), text(columns.why)],
    market.off.map((row) => ({ cells: [row.what, row.why] })),
  )
}
${samples.screening.length > 0 && countedTable(captions.screening, samples.screening, words)}
${samples.drops.length > 0 && countedTable(captions.drops, samples.drops, words)}
</section>
`;
}

function findingsTable({ data, words }: ReportContext): Html {
  const { columns } = words;
  const title = (row: { kind: string; title: string }) =>
    Object.hasOwn(words.findings, row.kind) ? words.findings[row.kind] : row.title;
  const found = data.market.findings.filter((row) => row.count > 0);
  const clean = data.market.findings.filter((row) => row.count === 0);
  const cleanNote =
    clean.length > 0 &&
    html`<p class="note">${words.text.noneFound(clean.length)}${clean.map(title).join(words.listSeparator)}${words.fullStop}</p>`;
  if (found.length === 0) return html`${cleanNote}`;
  return html`${table(
    words.captions.findings,
    [text(columns.finding), figure(columns.count), text(columns.example), text(columns.action)],
    found.map((row) => ({ cells: [title(row), formatCount(row.count), row.example, row.action] })),
  )}${cleanNote}`;
}
