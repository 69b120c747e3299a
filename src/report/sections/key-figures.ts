import type { StrategyMeasures } from '../../evaluation/index.js';
import { formatCount, formatNumber, formatPercent } from '../../util/index.js';
import type { MoneyContext } from '../context.js';
import type { Html } from '../html.js';
import { figure, table, text } from '../table.js';

type FigureRow = readonly [label: string, write: (measures: StrategyMeasures) => string];

/** What the strategy earned for its risk, beside the index and the universe. */
export function keyFigures(context: MoneyContext): Html {
  const { columns, captions } = context.words;
  return beside(context, captions.keyFigures, [
    [columns.annualised, (m) => formatPercent(m.performance.annualisedReturn)],
    [columns.beforeCosts, (m) => formatPercent(m.trading?.annualisedReturnBeforeCosts)],
    [columns.total, (m) => formatPercent(m.performance.totalReturn)],
    [columns.volatility, (m) => formatPercent(m.performance.volatility)],
    [columns.sharpe, (m) => formatNumber(m.performance.sharpe)],
    [columns.sharpeInterval, (m) => interval(m)],
    [columns.drawdown, (m) => formatPercent(m.performance.maxDrawdown)],
    [columns.informationRatio, (m) => formatNumber(m.relative?.informationRatio)],
    [columns.beta, (m) => formatNumber(m.relative?.beta)],
  ]);
}

/** The shape of the daily returns and their worst. */
export function riskFigures(context: MoneyContext): Html {
  const { columns, captions } = context.words;
  return beside(context, captions.risk, [
    [columns.sortino, (m) => formatNumber(m.performance.sortino)],
    [columns.calmar, (m) => formatNumber(m.performance.calmar)],
    [columns.drawdownSessions, (m) => formatCount(m.performance.maxDrawdownSessions)],
    [columns.winningSessions, (m) => formatPercent(m.performance.winningSessions)],
    [columns.skew, (m) => formatNumber(m.performance.skew)],
    [columns.kurtosis, (m) => formatNumber(m.performance.excessKurtosis)],
    [columns.valueAtRisk, (m) => formatPercent(m.performance.valueAtRisk95)],
    [columns.shortfall, (m) => formatPercent(m.performance.expectedShortfall95)],
    [columns.sessions, (m) => formatCount(m.performance.sessions)],
  ]);
}

function beside(
  { strategy, benchmark, universe, nameOf }: MoneyContext,
  caption: string,
  rows: readonly FigureRow[],
): Html {
  const shown = [strategy, benchmark, ...(universe ? [universe] : [])];
  return table(
    caption,
    [text(''), ...shown.map((row) => figure(nameOf(row)))],
    rows.map(([label, write]) => ({ cells: [label, ...shown.map((row) => write(row.measures))] })),
    'even',
  );
}

function interval({ sharpeInterval }: StrategyMeasures): string {
  if (sharpeInterval === null || Number.isNaN(sharpeInterval.low)) return formatNumber(null);
  return `${formatNumber(sharpeInterval.low)} … ${formatNumber(sharpeInterval.high)}`;
}
