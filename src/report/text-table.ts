/** A cell of a terminal table; a plain text has no emphasis. */
export type Cell = string | { readonly text: string; readonly strong?: boolean; readonly faint?: boolean };

export interface TableStyle {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

/**
 * Columns a text takes in a terminal: Chinese characters, their punctuation and full-width forms take two
 * (Unicode Standard Annex 11).
 */
export function terminalWidth(text: string): number {
  return Array.from(text).reduce(
    (sum, letter) => sum + (/[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(letter) ? 2 : 1),
    0,
  );
}

/** Lines of an aligned table: the first row is its head, the first column stands left and the others right. */
export function textTable(rows: readonly (readonly Cell[])[], style: TableStyle): string[] {
  const text = (cell: Cell) => (typeof cell === 'string' ? cell : cell.text);
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => terminalWidth(text(row[column])))));
  const line = (row: readonly Cell[]) => {
    const padded = row.map((cell, column) => {
      const space = ' '.repeat(widths[column] - terminalWidth(text(cell)));
      return column === 0 ? text(cell) + space : space + text(cell);
    });
    const joined = `  ${padded.join('  ')}`.trimEnd();
    const first = row[0];
    if (typeof first === 'object' && first.strong) return style.strong(joined);
    return typeof first === 'object' && first.faint ? style.faint(joined) : joined;
  };
  const rule = '─'.repeat(widths.reduce((sum, width) => sum + width + 2, -2));
  return [style.faint(line(rows[0])), style.faint(`  ${rule}`), ...rows.slice(1).map(line)];
}
