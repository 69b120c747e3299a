import { formatNumber } from '../../util/index.js';
import type { ReportContext } from '../context.js';
import { type Html, html } from '../html.js';
import { figure, table, text } from '../table.js';
import { numberWords } from '../words/numbers.js';
import { withRole } from './role.js';
import { icFigure, lossFigure } from './skill-charts.js';

/** The skill section of a label that is a number: how forecasts rank, and why nothing is said of classes. */
export function numberSkill(context: ReportContext): Html {
  const { words, language } = context;
  const numbers = numberWords(language);
  return html`<section><h2>${words.sections.skill}</h2>
<p>${numbers.noClasses}</p>
${modelsTable(context)}
${icFigure(context)}
<div class="charts">${lossFigure(context, numbers.lossNote)}</div>
</section>
`;
}

function modelsTable({ data, words, language, nameOf }: ReportContext): Html {
  const { columns, hints } = words;
  const numbers = numberWords(language);
  return table(
    words.captions.models,
    [
      text(columns.model),
      figure(numbers.ic, numbers.icHint),
      figure(columns.t, hints.rankIcT),
      figure(columns.rankIc, numbers.rankIcHint),
      figure(columns.t, hints.rankIcT),
      figure(columns.icir, numbers.icirHint),
    ],
    data.models.map((row) => {
      const { ic, rankIc, rankIcir } = row.measures.signal;
      return {
        ...(row.role === 'subject' && { emphasis: 'subject' as const }),
        cells: [
          withRole(nameOf(row), row.role, words),
          formatNumber(ic.mean, 3),
          formatNumber(ic.t, 1),
          formatNumber(rankIc.mean, 3),
          formatNumber(rankIc.t, 1),
          formatNumber(rankIcir, 2),
        ],
      };
    }),
  );
}
