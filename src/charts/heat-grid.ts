import type { HeatStep } from './heat.js';
import { axisNameAlong, axisStyle, baseOption, type ChartOption, type ChartSize } from './layout.js';
import { colour, FONT_STACK } from './theme.js';

export interface HeatCell {
  readonly column: number;
  readonly row: number;
  readonly text: string;
  readonly step: HeatStep;
}

export interface HeatGrid {
  readonly columns: readonly string[];
  /** Top first. */
  readonly rows: readonly string[];
  readonly cells: readonly HeatCell[];
  readonly columnsName?: string;
  readonly rowsName?: string;
}

/** Labelled cells in fixed colour steps, the common ground of the confusion matrix and the months. */
export function heatGrid(input: HeatGrid, size: ChartSize): ChartOption {
  const style = axisStyle(size);
  const bare = { ...style, type: 'category' as const, axisLine: { show: false }, splitArea: { show: false } };
  const pieces = new Map(input.cells.map(({ step }, i) => [step.fill, i]));
  const pieceOf = [...pieces.keys()];
  return {
    ...baseOption(size),
    grid: {
      left: input.rowsName ? size.fontSize * 1.8 : 2,
      right: 2,
      top: input.columnsName ? size.fontSize * 1.8 : 2,
      bottom: 2,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: {
      ...bare,
      position: 'top',
      data: [...input.columns],
      axisLabel: { ...style.axisLabel, interval: 0 },
      ...(input.columnsName ? axisNameAlong(input.columnsName, size, 2.2) : {}),
    },
    yAxis: {
      ...bare,
      inverse: true,
      data: [...input.rows],
      axisLabel: { ...style.axisLabel, interval: 0 },
      ...(input.rowsName ? axisNameAlong(input.rowsName, size, 2.2) : {}),
    },
    visualMap: {
      type: 'piecewise',
      show: false,
      dimension: 2,
      pieces: pieceOf.map((role, i) => ({ value: i, color: colour(role) })),
    },
    series: [
      {
        type: 'heatmap',
        silent: true,
        itemStyle: { borderColor: colour('paper'), borderWidth: 2 },
        data: input.cells.map((cell) => ({
          value: [cell.column, cell.row, pieceOf.indexOf(cell.step.fill)],
          label: {
            show: true,
            formatter: cell.text,
            color: colour(cell.step.text),
            fontSize: size.fontSize,
            fontFamily: FONT_STACK,
            lineHeight: size.fontSize * 1.35,
          },
        })),
      },
    ],
  };
}
