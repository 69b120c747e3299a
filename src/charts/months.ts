import { formatNumber } from '../util/index.js';
import { divergingStep } from './heat.js';
import { heatGrid } from './heat-grid.js';
import type { ChartOption, ChartSize } from './layout.js';

export interface MonthsInput {
  readonly months: readonly { readonly year: number; readonly month: number; readonly return: number }[];
  readonly words: {
    readonly months: readonly string[];
    readonly shortMonths: readonly string[];
    readonly year: string;
  };
}

/** Below this there is room for whole percents only. */
const ROOMY_WIDTH = 600;
const MONTH_UNIT = 0.03;
const YEAR_UNIT = 0.1;

/** Monthly returns in percent, a row a year, with the year's own return at the end of the row. */
export function monthsChart({ months, words }: MonthsInput, size: ChartSize): ChartOption {
  const years = [...new Set(months.map((month) => month.year))];
  const roomy = size.width >= ROOMY_WIDTH;
  const decimals = roomy ? 1 : 0;
  const cell = (column: number, year: number, value: number, unit: number) => ({
    column,
    row: years.indexOf(year),
    text: formatNumber(value * 100, decimals),
    step: divergingStep(value, unit),
  });
  const totals = years.map((year) =>
    months.filter((month) => month.year === year).reduce((value, month) => value * (1 + month.return), 1),
  );
  return heatGrid(
    {
      columns: [...(roomy ? words.months : words.shortMonths), words.year],
      rows: years.map(String),
      cells: [
        ...months.map((month) => cell(month.month - 1, month.year, month.return, MONTH_UNIT)),
        ...years.map((year, i) => cell(12, year, totals[i] - 1, YEAR_UNIT)),
      ],
    },
    size,
  );
}
