import {
  axisNameAlong,
  axisStyle,
  baseOption,
  type ChartOption,
  type ChartSize,
  nameRoom,
  textWidth,
  valueAxisStyle,
} from './layout.js';
import { colour } from './theme.js';

export interface ImportanceInput {
  /** Top first. */
  readonly rows: readonly { readonly name: string; readonly value: number; readonly sd: number }[];
  /** Of the horizontal axis. */
  readonly name: string;
  readonly format: (value: number) => string;
}

/** Horizontal bars, each with a whisker of one deviation either way; a deviation of NaN has none. */
export function importanceChart({ rows, name, format }: ImportanceInput, size: ChartSize): ChartOption {
  const style = axisStyle(size);
  const value = valueAxisStyle(size);
  return {
    ...baseOption(size),
    grid: {
      left: Math.max(0, ...rows.map((row) => textWidth(row.name, size.fontSize))) + 10,
      right: 14,
      top: 4,
      bottom: nameRoom(size) + size.fontSize * 1.8,
      outerBoundsMode: 'none',
    },
    yAxis: {
      ...style,
      type: 'category',
      inverse: true,
      data: rows.map((row) => row.name),
      axisLine: { show: false },
      axisLabel: { ...style.axisLabel, interval: 0 },
    },
    xAxis: {
      ...value,
      ...axisNameAlong(name, size, 2.2),
      type: 'value',
      splitNumber: 4,
      axisLabel: { ...value.axisLabel, formatter: format, hideOverlap: true },
    },
    series: [
      {
        type: 'bar',
        silent: true,
        barWidth: '58%',
        data: rows.map((row) => ({
          value: row.value,
          itemStyle: { color: colour(row.value < 0 ? 'loss2' : 'gain2') },
        })),
      },
      ...rows.flatMap((row, i) =>
        row.sd > 0
          ? [
              {
                type: 'line' as const,
                silent: true,
                symbol: 'none',
                lineStyle: { color: colour('ink'), width: 1.2 },
                data: [
                  [row.value - row.sd, i],
                  [row.value + row.sd, i],
                ],
              },
            ]
          : [],
      ),
    ],
  };
}
