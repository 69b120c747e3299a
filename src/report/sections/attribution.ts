import { formatCount, formatNumber, formatPercent } from '../../util/index.js';
import type { ReportContext } from '../context.js';
import { type Html, html } from '../html.js';
import { figure, table, text } from '../table.js';
import type { AttributionReport } from '../types.js';
import { type AttributionWords, attributionWords } from '../words/attribution.js';
import { formatP } from './significance.js';

/** Share of the universe on either side of a factor. */
const FACTOR_SHARE = 0.3;

/** CAPM of every strategy and the factor regression of the one in question. Nothing where it was not measured. */
export function attribution(context: ReportContext): Html | null {
  const { attribution: measured } = context.data;
  const own = measured?.strategies.find(({ id }) => id === context.strategy.id);
  if (!measured || !own) return null;
  const words = attributionWords(context.language);
  const { missing } = measured;
  return html`<section><h2>${words.title}</h2>
<p>${words.verdict({
    capm: formatPercent(own.capm.annualAlpha, 1, true),
    capmT: formatNumber(own.capm.t, 1),
    factors: formatPercent(own.factors.annualAlpha, 1, true),
    factorsT: formatNumber(own.factors.t, 1),
    rSquared: formatPercent(own.factors.rSquared, 0),
  })}</p>
${factorsTable(own.factors, measured, words)}
<p class="note">${words.note(formatPercent(FACTOR_SHARE, 0))}${
    missing.length > 0
      ? context.words.sentenceSpace + words.missing(missing.map((name) => nameOf(name, words)).join(words.separator))
      : ''
  }</p>
${capmTable(context, measured, words)}
</section>
`;
}

type Regression = AttributionReport['strategies'][number]['factors'];

const nameOf = (name: string, { names }: AttributionWords) => (Object.hasOwn(names, name) ? names[name] : name);

function factorsTable(own: Regression, { factors }: AttributionReport, words: AttributionWords): Html {
  const returnOf = (name: string) => {
    const factor = factors.find((row) => row.name === name);
    return factor
      ? `${formatPercent(factor.annualMean, 1, true)} (t ${formatNumber(factor.t, 1)})`
      : formatNumber(null);
  };
  return table(
    words.factors(formatCount(own.sessions)),
    [
      text(words.factor),
      figure(words.exposure, words.exposureHint),
      figure(words.t),
      figure(words.p),
      figure(words.factorReturn, words.factorReturnHint),
    ],
    [
      ...own.exposures.map(({ name, beta, t, p }) => ({
        cells: [nameOf(name, words), formatNumber(beta), formatNumber(t, 1), formatP(p), returnOf(name)],
      })),
      {
        emphasis: 'subject' as const,
        cells: [
          nameOf('alpha', words),
          formatPercent(own.annualAlpha, 1, true),
          formatNumber(own.t, 1),
          formatP(own.p),
          '',
        ],
      },
    ],
  );
}

function capmTable(
  { data, nameOf: strategyName }: ReportContext,
  { strategies }: AttributionReport,
  words: AttributionWords,
): Html {
  return table(
    words.capm(formatCount(strategies[0].capm.sessions), data.market.benchmarkName),
    [
      text(words.strategy),
      figure(words.alpha, words.alphaHint),
      figure(words.t),
      figure(words.p),
      figure(words.beta),
      figure(words.rSquared),
    ],
    strategies.flatMap(({ id, capm }) => {
      const row = data.strategies.find((strategy) => strategy.id === id);
      if (!row) return [];
      return [
        {
          ...(row.role === 'subject' && { emphasis: 'subject' as const }),
          cells: [
            strategyName(row),
            formatPercent(capm.annualAlpha, 1, true),
            formatNumber(capm.t, 1),
            formatP(capm.p),
            formatNumber(capm.exposures[0]?.beta),
            formatNumber(capm.rSquared),
          ],
        },
      ];
    }),
  );
}
