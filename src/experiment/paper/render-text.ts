import { type ComparedTable, comparedFigure, textTable } from '../../report/index.js';
import { formatCount, formatDuration } from '../../util/index.js';
import type { PaperOutcome, PaperPlan } from './run-paper.js';

const PLAIN = { strong: (text: string) => text, faint: (text: string) => text };

/** The tables for a terminal: in each cell the figure measured here, and the paper's in brackets. */
export function renderPaperSummary({ data, reportPath, markdownPath }: PaperOutcome): string {
  return [
    data.title,
    `Measured here, and in brackets as printed in ${data.citation}.`,
    ...data.tables.flatMap((table) => ['', table.caption, ...linesOf(table)]),
    '',
    ...(data.reductions.length === 0
      ? []
      : ['Less than the paper’s:', ...data.reductions.map((line) => `  ${line}`), '']),
    `Report  ${reportPath}`,
    `Tables  ${markdownPath}`,
    '',
  ].join('\n');
}

function linesOf({ columns, rows }: ComparedTable): string[] {
  const cell = ({ here, paper, kind }: ComparedTable['rows'][number]['cells'][number]) =>
    paper === null ? comparedFigure(here, kind) : `${comparedFigure(here, kind)} (${comparedFigure(paper, kind)})`;
  return textTable([['', ...columns], ...rows.map(({ name, cells }) => [shorten(name), ...cells.map(cell)])], PLAIN);
}

const shorten = (name: string) => (name.length > 40 ? `${name.slice(0, 39)}…` : name);

export function renderPaperPlan({ experiments, chosen, work, reductions }: PaperPlan): string {
  return [
    '',
    `  ${experiments.length} experiments: ${experiments.join(', ')}; nothing has been run.`,
    `  samples   ${formatCount(work.samples)} to train on`,
    `  speed     ${formatCount(work.samplesPerSecond)} training samples a second here`,
    `  time      about ${formatDuration(chosen.seconds)}`,
    ...reductions.map((line) => `  less      ${line}`),
    '',
  ].join('\n');
}
