import { divergingStep, shareStep } from './heat.js';
import { heatGrid } from './heat-grid.js';
import { type ChartOption, type ChartSize, textWidth } from './layout.js';

export interface ValueGridInput {
  readonly columns: readonly string[];
  /** Top first. */
  readonly rows: readonly string[];
  /** [row][column]; NaN leaves a cell empty. */
  readonly values: readonly (readonly number[])[];
  /** The value at which a gain or loss takes its middle step; null for shares of the largest value, from 0. */
  readonly unit: number | null;
  /** Text of a cell; empty for none. */
  readonly format: (value: number) => string;
  readonly columnsName?: string;
  readonly rowsName?: string;
}

/** A table of values in colours: around 0 in two, or from 0 up in one. */
export function valueGridChart({ values, unit, format, ...axes }: ValueGridInput, size: ChartSize): ChartOption {
  const largest = Math.max(...values.flat().filter((value) => !Number.isNaN(value)), 0);
  const option = heatGrid(
    {
      ...axes,
      cells: values.flatMap((line, row) =>
        line.flatMap((value, column) =>
          Number.isNaN(value)
            ? []
            : [
                {
                  column,
                  row,
                  text: format(value),
                  step: unit === null ? shareStep(largest > 0 ? value / largest : 0) : divergingStep(value, unit),
                },
              ],
        ),
      ),
    },
    size,
  );
  const { fontSize } = size;
  // Room for the longest name in any common font: a drawing does not know the font it will be shown in.
  const names = Math.max(0, ...axes.rows.map((row) => textWidth(row, fontSize))) + 10;
  return {
    ...option,
    grid: {
      left: names + (axes.rowsName ? fontSize * 1.8 : 0),
      right: 2,
      top: fontSize * (axes.columnsName ? 3.6 : 1.9),
      bottom: 2,
      outerBoundsMode: 'none',
    },
    ...(axes.rowsName && { yAxis: { ...option.yAxis, nameGap: names + 2 } as ChartOption['yAxis'] }),
  };
}
