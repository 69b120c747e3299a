import { formatDay, formatNumber, formatPercent } from '../../util/index.js';
import type { ReportContext } from '../context.js';
import { type Html, html } from '../html.js';
import { EVIDENCE, verdictOf } from '../verdict.js';
import { numberWords } from '../words/numbers.js';

/** Title, the question, the answer in words, and the four figures to remember. */
export function masthead(context: ReportContext): Html {
  const { data, words } = context;
  const verdict = verdictOf(context);
  const caution = verdict.finding !== 'skill-and-money';
  const test = data.samples.splits.find((split) => split.name === 'test');
  return html`<header class="masthead">
<div class="masthead-top"><p class="eyebrow">candlenet · ${words.run} ${data.provenance.runId}${test ? html` · ${words.testPeriod} <span class="whole">${formatDay(test.from)} – ${formatDay(test.to)}</span>` : null}</p><button type="button" data-theme-toggle hidden>${words.theme}</button></div>
<h1>${data.title}</h1>
<p class="question">${question(context)}</p>
<div class="verdict${caution ? ' caution' : ''}"><strong>${verdict.headline}</strong><p>${verdict.sentences.join(words.sentenceSpace)}</p></div>
${tiles(context)}
</header>
`;
}

/** A label that is a number has no classes to ask for, one of two classes nothing to hold. */
function question({ words, model, nameOf }: ReportContext): string {
  const { classification } = model.measures;
  const labelled = classification === null ? 'number' : classification.classes.includes('hold') ? 'three' : 'two';
  return words.question[labelled](nameOf(model));
}

function tiles({ data, words, language, model, strategy, benchmark, universe }: ReportContext): Html {
  const { classification, signal } = model.measures;
  const money = strategy.measures.performance;
  const { tiles: labels } = words;
  const beside = (measure: 'annualisedReturn' | 'maxDrawdown') => [
    labels.benchmark(formatPercent(benchmark.measures.performance[measure]), data.market.benchmarkName),
    ...(universe ? [labels.universe(formatPercent(universe.measures.performance[measure]))] : []),
  ];
  return html`<dl class="tiles">
${tile(labels.annualised, formatPercent(money.annualisedReturn), beside('annualisedReturn'))}
${tile(labels.drawdown, formatPercent(money.maxDrawdown), beside('maxDrawdown'))}
${tile(labels.rankIc, formatNumber(signal.rankIc.mean, 3), [labels.t(formatNumber(signal.rankIc.t, 1), EVIDENCE)])}
${
  classification === null
    ? tile(numberWords(language).ic, formatNumber(signal.ic.mean, 3), [
        labels.t(formatNumber(signal.ic.t, 1), EVIDENCE),
      ])
    : tile(labels.accuracy, formatPercent(classification.accuracy), [
        labels.majority(formatPercent(classification.majorityRate)),
        ...(data.bayes ? [labels.bayes(formatPercent(data.bayes.accuracy))] : []),
      ])
}
</dl>`;
}

function tile(label: string, value: string, beside: readonly string[]): Html {
  return html`<div class="tile"><dt>${label}</dt><dd class="value">${value}</dd>${beside.map(
    (line) => html`<dd class="beside">${line}</dd>`,
  )}</div>`;
}
