import type { ReportContext } from '../context.js';
import { type Html, html } from '../html.js';
import { table, text } from '../table.js';
import { paperWords } from '../words/paper.js';

/** Across the whole page, on every screen and every printed sheet, where a run looks ahead on purpose. */
export function watermark({ data, language }: ReportContext): Html | null {
  if (!data.looksAhead?.length) return null;
  const words = paperWords(language);
  return html`<div class="watermark" aria-hidden="true">${Array.from({ length: 12 }, () => html`<span>${words.mark}</span>`)}</div>
<aside class="looks-ahead" role="note"><strong>${words.headline}</strong><p>${words.why}</p><ul>${data.looksAhead.map((line) => html`<li>${line}</li>`)}</ul></aside>
`;
}

/** What the paper leaves open and what was chosen; nothing where the run follows no preset of the paper. */
export function paperChoices({ data, language }: ReportContext): Html | null {
  if (!data.paperChoices?.length) return null;
  const words = paperWords(language);
  return table(
    words.choices,
    [text(words.key), text(words.paper), text(words.chosen)],
    data.paperChoices.map(({ key, paper, chosen }) => ({ cells: [key, paper, chosen] })),
  );
}
