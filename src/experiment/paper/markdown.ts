import { type ComparedTable, comparedFigure, type PaperReportData } from '../../report/index.js';

/** The tables as Markdown: in each cell the figure measured here, and the paper's after a stroke. */
export function markdownOf({ title, citation, tables, reductions, cautions, runs }: PaperReportData): string {
  const list = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join('\n');
  return [
    `# ${title}`,
    `Measured here / printed in ${citation}. A dash is a figure that does not exist.`,
    ...tables.map(tableOf),
    '## Less than the paper’s',
    reductions.length === 0 ? 'Nothing.' : list(reductions),
    '## How to read the paper’s figures',
    list(cautions),
    '## Runs',
    list(runs.map(({ experiment, run }) => `${experiment}: ${run}`)),
    '',
  ].join('\n\n');
}

function tableOf({ caption, note, columns, rows }: ComparedTable): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [
    `## ${caption}`,
    '',
    note,
    '',
    line(['', ...columns]),
    line(['---', ...columns.map(() => '---:')]),
    ...rows.map(({ name, cells }) =>
      line([
        name,
        ...cells.map((cell) => `${comparedFigure(cell.here, cell.kind)} / ${comparedFigure(cell.paper, cell.kind)}`),
      ]),
    ),
  ].join('\n');
}
