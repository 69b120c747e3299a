import { splitsChart } from '../../charts/index.js';
import { formatNumber, formatPercent } from '../../util/index.js';
import type { ReportContext } from '../context.js';
import { type Html, html } from '../html.js';
import { figure, table, text } from '../table.js';
import { protocolWords } from '../words/protocol.js';
import { chartFigure, pageWide } from './chart-figure.js';

/** Folds drawn over time, and what became of the strategy along each path; nothing for a static split. */
export function protocol({ data, language, ofClasses }: ReportContext): Html | null {
  const { protocol: cut } = data;
  if (!cut) return null;
  const words = protocolWords(language);
  const { folds, dates, paths, tradable } = cut;
  const height = 60 + folds.length * (folds.length > 12 ? 11 : 20);
  return html`<section><h2>${words.title}</h2>
${!tradable && html`<p class="note">${words.notTradable}</p>`}
${chartFigure(
  {
    id: 'splits',
    title: cut.description,
    note: words.note(folds.length),
    chart: (size) => splitsChart({ dates, folds, words }, size),
  },
  pageWide(height, height),
)}
${
  paths.length > 1 &&
  table(
    words.paths,
    [
      text(words.path),
      ...(ofClasses ? [figure(words.accuracy)] : []),
      figure(words.rankIc),
      figure(words.totalReturn),
      figure(words.sharpe),
    ],
    paths.map(({ accuracy, rankIc, totalReturn, sharpe }, i) => ({
      cells: [
        String(i + 1),
        ...(ofClasses ? [formatPercent(accuracy)] : []),
        formatNumber(rankIc, 4),
        formatPercent(totalReturn),
        formatNumber(sharpe, 2),
      ],
    })),
  )
}
</section>
`;
}
