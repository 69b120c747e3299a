import {
  axisNameAlong,
  axisStyle,
  baseOption,
  type ChartOption,
  type ChartSize,
  DASHED,
  grid,
  legend,
  legendHeight,
  nameRoom,
  valueAxisStyle,
} from './layout.js';
import { type ColourRole, colour } from './theme.js';

export interface CurveInput {
  readonly x: readonly number[];
  readonly xName: string;
  readonly xScale: 'linear' | 'log';
  readonly lines: readonly {
    readonly name: string;
    readonly role: ColourRole;
    readonly dashed?: boolean;
    /** One for each x; NaN leaves a gap. */
    readonly values: readonly number[];
  }[];
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
}

/** Measured points joined by lines, against something that is no date: cost rate, capital. */
export function curveChart({ x, xName, xScale, lines, formatX, formatY }: CurveInput, size: ChartSize): ChartOption {
  const style = axisStyle(size);
  return {
    ...baseOption(size),
    legend: legend(lines, size),
    grid: grid(legendHeight(lines, size), nameRoom(size)),
    xAxis: {
      ...style,
      ...axisNameAlong(xName, size),
      type: xScale === 'log' ? 'log' : 'value',
      min: Math.min(...x),
      max: Math.max(...x),
      axisLabel: { ...style.axisLabel, hideOverlap: true, formatter: (value: number) => formatX(value) },
    },
    yAxis: {
      ...valueAxisStyle(size),
      type: 'value',
      scale: true,
      splitNumber: 4,
      axisLabel: { ...style.axisLabel, formatter: (value: number) => formatY(value) },
    },
    series: lines.map(({ name, role, dashed, values }) => ({
      type: 'line' as const,
      name,
      data: values.map((value, i) => [x[i], Number.isNaN(value) ? '-' : value]),
      silent: true,
      symbol: 'circle',
      symbolSize: 4,
      itemStyle: { color: colour(role) },
      lineStyle: {
        color: colour(role),
        width: role === 'subject' ? 2 : 1.4,
        type: dashed ? DASHED : ('solid' as const),
      },
    })),
  };
}
