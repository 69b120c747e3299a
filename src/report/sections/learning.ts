import { formatCount, formatDay, formatNumber, formatPercent } from '../../util/index.js';
import type { ReportContext } from '../context.js';
import { type Html, type HtmlValue, html } from '../html.js';
import { figure, type TableColumn, table, text } from '../table.js';
import type { EnsembleReport, OnlineReport, ReachedReport } from '../types.js';
import { type LearningWords, learningWords } from '../words/learning.js';

/** What an ensemble removes, and what learning on changed; nothing where one network stands alone and still. */
export function learning({ data, language, ofClasses, words: { sentenceSpace } }: ReportContext): Html | null {
  const { ensemble, online } = data;
  if (!ensemble && !online) return null;
  const words = learningWords(language);
  return html`${ensemble ? ensembleSection(ensemble, words, sentenceSpace, ofClasses) : null}${online ? onlineSection(online, words, ofClasses) : null}`;
}

const loss = (value: number) => formatNumber(value, 4);

const reachedColumns = (words: LearningWords, ofClasses: boolean): TableColumn[] => [
  ...(ofClasses ? [figure(words.accuracy)] : []),
  figure(words.rankIc),
  figure(words.annualised),
  figure(words.volatility),
  figure(words.sharpe),
];

const reachedCells = (
  { accuracy, rankIc, annualisedReturn, volatility, sharpe }: ReachedReport,
  ofClasses: boolean,
): HtmlValue[] => [
  ...(ofClasses ? [formatPercent(accuracy)] : []),
  formatNumber(rankIc, 4),
  formatPercent(annualisedReturn),
  formatPercent(volatility),
  formatNumber(sharpe, 2),
];

function ensembleSection(report: EnsembleReport, words: LearningWords, space: string, ofClasses: boolean): Html {
  const { members, whole, error, forecasts, returns } = report;
  const sentences = [
    words.weighting[report.weighting],
    words.decomposition({
      member: loss(error.meanMemberError),
      ambiguity: loss(error.ambiguity),
      ensemble: loss(error.ensembleError),
      share: formatPercent(error.ambiguity / error.meanMemberError),
      ofClasses,
    }),
    words.forecasts({
      deviation: loss(Math.sqrt(forecasts.variance)),
      correlation: formatNumber(forecasts.correlation, 2),
      effective: formatNumber(report.effectiveMembers, 1),
      ofClasses,
    }),
    words.returns({
      between: formatPercent(Math.sqrt(returns.variance), 2),
      member: formatPercent(Math.sqrt(returns.member), 2),
      ensemble: formatPercent(Math.sqrt(returns.ensemble), 2),
    }),
  ];
  return html`<section><h2>${words.ensemble}</h2>
<p>${sentences.join(space)}</p>
${table(
  words.members,
  [
    text(words.member),
    figure(words.seed),
    text(words.variation),
    figure(words.bestEpoch),
    figure(words.validationLoss),
    figure(words.weight, words.weightHint),
    ...reachedColumns(words, ofClasses),
  ],
  [
    {
      emphasis: 'subject' as const,
      cells: [words.whole, '', '', '', '', '', ...reachedCells(whole, ofClasses)],
    },
    ...members.map((member) => ({
      cells: [
        String(member.member),
        String(member.seed),
        member.variation || words.none,
        String(member.bestEpoch),
        loss(member.validationLoss),
        [member.weights.first, member.weights.mean, member.weights.last].map((w) => formatNumber(w, 2)).join(' · '),
        ...reachedCells(member, ofClasses),
      ],
    })),
  ],
)}
</section>
`;
}

function onlineSection(report: OnlineReport, words: LearningWords, ofClasses: boolean): Html {
  const { updates, every, learningRate, epochs, replayShare } = report;
  const note = words.onlineNote({
    count: formatCount(updates.length),
    every,
    rate: String(learningRate),
    epochs,
    replay: formatPercent(replayShare, 0),
  });
  return html`<section><h2>${words.online}</h2>
<p>${note}</p>
${table(
  words.effect,
  [text(words.model), ...reachedColumns(words, ofClasses)],
  [
    { emphasis: 'subject' as const, cells: [words.updated, ...reachedCells(report.updated, ofClasses)] },
    { cells: [words.still, ...reachedCells(report.still, ofClasses)] },
  ],
)}
${
  updates.length > 0 &&
  table(
    words.updates(ofClasses),
    [
      text(words.date),
      figure(words.arrived),
      figure(words.replayed),
      figure(`${words.validation}, ${words.before}`),
      figure(`${words.validation}, ${words.after}`),
      figure(`${words.forecast}, ${words.never}`),
      figure(`${words.forecast}, ${words.before}`),
      figure(`${words.forecast}, ${words.after}`),
    ],
    updates.map((update) => ({
      cells: [
        formatDay(update.date),
        formatCount(Math.round(update.arrived)),
        formatCount(Math.round(update.replayed)),
        loss(update.validationBefore),
        loss(update.validationAfter),
        loss(update.forecastNever),
        loss(update.forecastBefore),
        loss(update.forecastAfter),
      ],
    })),
  )
}
</section>
`;
}
