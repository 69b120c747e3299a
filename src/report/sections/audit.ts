import { formatCount } from '../../util/index.js';
import type { ReportContext } from '../context.js';
import { type Html, html } from '../html.js';
import { figure, table, text } from '../table.js';
import { auditWords } from '../words/audit.js';

/** The certificate of the leak audit. Nothing where none was made. */
export function audit({ data, language, words: { listSeparator } }: ReportContext): Html | null {
  const { leakAudit: made } = data;
  if (!made) return null;
  const words = auditWords(language);
  const cells = made.artefacts.reduce((sum, artefact) => sum + artefact.cells, 0);
  return html`<section><h2>${words.title}</h2>
<p>${made.verdict === 'clean' ? words.clean(made.cuts.length, formatCount(cells)) : words.looksAhead}</p>
${made.first !== null && html`<p>${words.first(made.first)}</p>`}
${table(
  words.compared,
  [text(words.artefact), figure(words.columns), figure(words.cells)],
  made.artefacts.map((artefact) => ({
    cells: [
      artefact.name,
      formatCount(artefact.columns),
      artefact.cells === 0 ? words.notCompared : formatCount(artefact.cells),
    ],
  })),
)}
${table(
  words.provenance,
  [text(words.check), text(words.result), text(words.detail)],
  made.provenance.map(({ title, status, detail }) => ({ cells: [title, words.status[status], detail] })),
)}
<p class="note">${words.cuts(made.cuts.join(listSeparator))}</p>
</section>
`;
}
