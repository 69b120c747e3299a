import { formatDay } from '../util/index.js';
import { dateTicks } from './date-ticks.js';
import {
  axisStyle,
  baseOption,
  type ChartOption,
  type ChartSize,
  DASHED,
  grid,
  legend,
  legendHeight,
  valueAxisStyle,
} from './layout.js';
import { type ColourRole, colour } from './theme.js';

export interface DatedLine {
  readonly name: string;
  readonly values: ArrayLike<number>;
  readonly role: ColourRole;
  readonly dashed?: boolean;
  /** Filled down to 0. */
  readonly area?: boolean;
}

export interface DatedLines {
  readonly dates: Int32Array;
  readonly lines: readonly DatedLine[];
  readonly scale: 'linear' | 'log';
  readonly format: (value: number) => string;
}

/** Lines over sessions, the common ground of net value, drawdown and cumulative IC. */
export function datedLines({ dates, lines, scale, format }: DatedLines, size: ChartSize): ChartOption {
  const ticks = dateTicks(dates, Math.max(2, Math.floor(size.width / (size.fontSize * 7))));
  const labels = Array.from(dates, formatDay);
  const index = new Map(labels.map((label, i) => [label, i]));
  const style = axisStyle(size);
  const one = lines.length === 1;
  return {
    ...baseOption(size),
    grid: grid(one ? size.fontSize : legendHeight(lines, size)),
    ...(one
      ? {}
      : {
          legend: legend(lines, size),
        }),
    xAxis: {
      ...style,
      type: 'category',
      data: labels,
      boundaryGap: false,
      axisTick: { show: true, length: 4, lineStyle: { color: colour('axis') }, interval: (i) => ticks.has(i) },
      axisLabel: {
        ...style.axisLabel,
        interval: (i) => ticks.has(i),
        hideOverlap: true,
        formatter: (label) => ticks.get(index.get(label) ?? -1) ?? '',
      },
    },
    yAxis: {
      ...valueAxisStyle(size),
      type: scale === 'log' ? 'log' : 'value',
      scale: true,
      splitNumber: 4,
      axisLabel: { ...style.axisLabel, formatter: (value: number) => format(value) },
    },
    series: lines.map((line) => ({
      type: 'line',
      name: line.name,
      data: Array.from(line.values, (value) => (Number.isNaN(value) ? '-' : value)),
      silent: true,
      showSymbol: false,
      symbol: 'none',
      sampling: 'lttb',
      itemStyle: { color: colour(line.role) },
      lineStyle: {
        color: colour(line.role),
        width: line.role === 'subject' ? 2 : 1.4,
        type: line.dashed ? DASHED : 'solid',
      },
      ...(line.area ? { areaStyle: { color: colour('subjectArea'), opacity: 0.6, origin: 0 } } : {}),
      // An area lies below the other lines, a bare line of the subject above them.
      z: line.area ? 1 : line.role === 'subject' ? 3 : 2,
    })),
  };
}
