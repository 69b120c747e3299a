import { formatNumber, formatPercent } from '../../util/index.js';
import type { ReportContext } from '../context.js';
import { type Html, html } from '../html.js';
import { figure, table, text } from '../table.js';
import type { ScoreSheetReport } from '../types.js';
import { type ScoreSheetWords, scoreSheetWords } from '../words/score-sheet.js';

/** The model's score as a factor: groups, decay, turnover. Nothing where it was not measured. */
export function scoreSheet(context: ReportContext): Html | null {
  const { data, model, nameOf } = context;
  const sheet = data.scoreSheets?.find(({ id }) => id === model.id);
  if (!sheet || !data.scoreSheets || sheet.rankIc.days === 0) return null;
  const words = scoreSheetWords(context.language);
  return html`<section><h2>${words.title}</h2>
<p>${words.verdict({
    model: nameOf(model),
    groups: sheet.quantiles.length,
    sessions: sheet.horizonDays,
    spread: formatPercent(sheet.spread.mean, 2, true),
    t: formatNumber(sheet.spread.t, 1),
    monotonicity: formatNumber(sheet.monotonicity),
    turnover: formatPercent(sheet.quantiles.at(-1)?.turnover, 0),
    autocorrelation: formatNumber(sheet.autocorrelation[0]?.mean),
  })}</p>
${groupsTable(sheet, words)}
${decayTable(context, data.scoreSheets, words)}
</section>
`;
}

function groupsTable({ quantiles, stocks, horizonDays }: ScoreSheetReport, words: ScoreSheetWords): Html {
  const nameOf = (quantile: number) => {
    if (quantile === 1) return `1 (${words.lowest})`;
    return quantile === quantiles.length ? `${quantile} (${words.highest})` : String(quantile);
  };
  return table(
    words.quantiles(formatNumber(stocks, 1), horizonDays),
    [
      text(words.group),
      figure(words.meanReturn),
      figure(words.lead, words.leadHint),
      figure(words.turnover, words.turnoverHint),
    ],
    quantiles.map(({ quantile, meanReturn, meanExcess, turnover }) => ({
      cells: [
        nameOf(quantile),
        formatPercent(meanReturn, 2, true),
        formatPercent(meanExcess, 2, true),
        formatPercent(turnover, 0),
      ],
    })),
    'even',
  );
}

function decayTable(
  { data, model, nameOf }: ReportContext,
  sheets: readonly ScoreSheetReport[],
  words: ScoreSheetWords,
): Html {
  return table(
    words.decay,
    [
      text(words.model),
      ...sheets[0].decay.map(({ lag }) => figure(words.later(lag), words.laterHint)),
      figure(words.icir, words.icirHint),
      figure(words.positive),
      figure(words.spread, words.spreadHint),
    ],
    sheets.flatMap((sheet) => {
      const row = data.models.find(({ id }) => id === sheet.id);
      if (!row) return [];
      return [
        {
          ...(row === model && { emphasis: 'subject' as const }),
          cells: [
            nameOf(row),
            ...sheet.decay.map(({ rankIc }) => formatNumber(rankIc.mean, 3)),
            formatNumber(sheet.rankIcir),
            formatPercent(sheet.positiveDays, 0),
            `${formatPercent(sheet.spread.mean, 2, true)} (t ${formatNumber(sheet.spread.t, 1)})`,
          ],
        },
      ];
    }),
  );
}
