import { type Html, type HtmlValue, html } from './html.js';

export interface TableColumn {
  readonly label: string;
  /** Figures stand right, texts left. */
  readonly kind: 'figure' | 'text';
  /** The column's meaning, shown on hover and read aloud. */
  readonly hint?: string;
}

export interface TableRow {
  readonly cells: readonly HtmlValue[];
  readonly emphasis?: 'subject' | 'bound';
}

/**
 * A table that scrolls inside its own box where it is too wide; the first cell of a row is its heading. An even one
 * has few columns of one width and always fits.
 */
export function table(
  caption: string,
  columns: readonly TableColumn[],
  rows: readonly TableRow[],
  layout: 'natural' | 'even' = 'natural',
): Html {
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table class="${layout}">
<caption><span>${caption}</span></caption>
<thead><tr>${columns.map(
    (column) =>
      html`<th scope="col" class="${column.kind}"${column.hint ? html` title="${column.hint}"` : null}>${column.label}</th>`,
  )}</tr></thead>
<tbody>${rows.map(
    (row) =>
      html`<tr${row.emphasis ? html` class="${row.emphasis}"` : null}>${row.cells.map((cell, i) =>
        i === 0
          ? html`<th scope="row" class="${columns[i].kind}">${cell}</th>`
          : html`<td class="${columns[i].kind}">${cell}</td>`,
      )}</tr>
`,
  )}</tbody></table></div>
`;
}

export const figure = (label: string, hint?: string): TableColumn => ({ label, kind: 'figure', ...(hint && { hint }) });
export const text = (label: string): TableColumn => ({ label, kind: 'text' });
