import { formatCount, formatDay, formatNumber, formatPercent } from '../../util/index.js';
import type { ReportContext } from '../context.js';
import { type Html, html } from '../html.js';
import { figure, table, text } from '../table.js';
import { trialWords } from '../words/trials.js';

/** How hard was searched before this strategy was shown, and what that leaves of its figures; nothing for a run without a ledger. */
export function trials({ data, language, words, nameOf }: ReportContext): Html | null {
  const { trials: tried } = data;
  if (!tried) return null;
  const said = trialWords(language);
  const { own, others, elsewhere, aligned, independent, overfitting, superior } = tried;
  const count = { own: formatCount(own), others: formatCount(others), all: formatCount(own + others) };
  const deflated = [
    { name: said.strategy, row: tried.deflated },
    { name: said.lead, row: tried.deflatedLead },
  ];
  const best = data.strategies.find(({ id }) => id === superior?.best);
  return html`<section><h2>${said.title}</h2>
<p>${[
    said.counted({ ...count, from: formatDay(tried.from), to: formatDay(tried.to) }),
    said.independent({ independent: formatNumber(independent, 1), deviation: formatNumber(tried.sharpeDeviation) }),
    ...(elsewhere > 0 ? [said.elsewhere(formatCount(elsewhere))] : []),
  ].join(words.sentenceSpace)}</p>
${table(
  said.deflated,
  [
    text(''),
    figure(said.sharpe),
    figure(said.threshold, said.thresholdHint),
    figure(said.probability, said.probabilityHint),
  ],
  deflated.map(({ name, row }) => ({
    cells: [name, formatNumber(row.sharpe), formatNumber(row.threshold), formatPercent(row.probability)],
  })),
)}
<p class="note">${
    overfitting === null
      ? said.noOverfitting(formatCount(aligned))
      : said.overfitting({
          trials: formatCount(aligned),
          blocks: overfitting.blocks,
          probability: formatPercent(overfitting.probability),
          loss: formatPercent(overfitting.probabilityOfLoss),
        })
  }</p>
<p class="note">${
    superior === null
      ? said.noSuperior
      : said.superior({
          best: best ? nameOf(best) : superior.best,
          p: formatNumber(superior.p, 3),
          realityCheckP: formatNumber(superior.realityCheckP, 3),
        })
  }</p>
</section>
`;
}
