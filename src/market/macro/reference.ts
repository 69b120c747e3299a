import { type Day, formatDay } from '../../util/index.js';
import { MACRO_RELEASE_RULES } from './release-lags.js';
import type { MacroReleaseRule } from './types.js';

const span = (from: Day | null, to: Day | null) =>
  from === null && to === null
    ? 'all'
    : `${from === null ? '' : formatDay(from)} … ${to === null ? '' : formatDay(to)}`.trim();

function lines({
  series,
  from,
  to,
  lagDays,
  source,
  januaryLagDays,
  januarySource,
  notBefore,
}: MacroReleaseRule): string[] {
  const row = (periods: string, lag: string, why: string) => `| \`${series}\` | ${periods} | ${lag} | ${why} |`;
  const bound = notBefore === undefined ? '' : `, not before ${formatDay(notBefore)}`;
  const rest = row(span(from, to), `${lagDays}${bound}`, source);
  return januaryLagDays === undefined
    ? [rest]
    : [rest, row(`${span(from, to)}: January`, String(januaryLagDays), januarySource ?? source)];
}

/** The table of release lags as Markdown, a row a rule. */
export function macroReleaseTable(): string {
  const rows = MACRO_RELEASE_RULES.flatMap(lines);
  return `| series | periods ending | days after the end | publisher and practice |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}
