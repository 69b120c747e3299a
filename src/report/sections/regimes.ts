import { formatCount, formatNumber, formatPercent } from '../../util/index.js';
import type { ReportContext } from '../context.js';
import { type Html, html } from '../html.js';
import { figure, table, text } from '../table.js';
import { numberWords } from '../words/numbers.js';

export function regimes({ data, words, language, ofClasses }: ReportContext): Html | null {
  if (data.regimes.length === 0) return null;
  const { columns } = words;
  return html`<section><h2>${words.sections.regimes}</h2>
${table(
  words.captions.regimes,
  [
    text(columns.regime),
    figure(columns.sessions),
    figure(columns.strategyReturn),
    figure(columns.benchmarkReturn),
    figure(columns.samples),
    ...(ofClasses ? [figure(columns.accuracy), figure(columns.majority)] : []),
    figure(columns.rankIc, ofClasses ? words.hints.rankIc : numberWords(language).rankIcHint),
    figure(columns.t, words.hints.rankIcT),
  ],
  data.regimes.map((row) => ({
    cells: [
      words.regimes[row.regime],
      formatCount(row.sessions),
      formatPercent(row.strategyReturn),
      formatPercent(row.benchmarkReturn),
      formatCount(row.samples),
      ...(ofClasses ? [formatPercent(row.accuracy), formatPercent(row.majorityRate)] : []),
      formatNumber(row.rankIc.mean, 3),
      formatNumber(row.rankIc.t, 1),
    ],
  })),
)}
<p class="note">${words.text.regimeRule}</p>
</section>
`;
}
