import { limitSentences, limitWords, textTable } from '../../report/index.js';
import { formatCount, formatDay, formatNumber, formatPercent } from '../../util/index.js';
import type { WeightsOutcome } from './run-weights.js';

const PLAIN = { strong: (text: string) => text, faint: (text: string) => text };

/** A back-test for a terminal: what it made before and after costs, what was not filled, and where the lead ends. */
export function renderBacktestSummary({ result, report, limits }: WeightsOutcome, reportPath: string | null): string {
  const { market, strategies, portfolio } = report;
  const rejections = portfolio?.rejections ?? [];
  return [
    '',
    `  ${report.title}`,
    `  ${formatDay(result.from)} … ${formatDay(result.to)}, capital ${formatCount(result.initialCapital)}`,
    '',
    ...textTable(
      [
        ['', 'p.a.', 'before costs', 'Sharpe', 'drawdown', 'turnover p.a.', 'vs index', 'vs universe', 't'],
        ...strategies.map(({ role, name, measures }) => {
          const { performance, relative, versusUniverse, trading } = measures;
          return [
            role === 'benchmark' ? `${market.benchmarkName}, held` : name,
            formatPercent(performance.annualisedReturn),
            formatPercent(trading?.annualisedReturnBeforeCosts),
            formatNumber(performance.sharpe),
            formatPercent(performance.maxDrawdown),
            formatNumber(trading?.annualTurnover, 1),
            formatPercent(relative?.excessReturn, 1, true),
            formatPercent(versusUniverse?.excessReturn, 1, true),
            formatNumber(versusUniverse?.t, 1),
          ];
        }),
      ],
      PLAIN,
    ),
    '',
    `  ${formatCount(result.orders.length)} orders, ${formatCount(result.fills.length)} fills`,
    ...rejections.map(
      ({ reason, count, example }) => `  ${formatCount(count)} not wholly filled: ${reason}, e.g. ${example}`,
    ),
    '',
    ...(limits === null
      ? []
      : [...limitSentences(limits, market.benchmarkName, limitWords('en')).map((line) => `  ${line}`), '']),
    ...(reportPath === null ? [] : [`  Report  ${reportPath}`, '']),
  ].join('\n');
}
