import { formatPercent } from '../util/index.js';
import {
  axisName,
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

export interface CalibrationInput {
  /** One for each of buy, hold and sell. */
  readonly curves: readonly {
    readonly name: string;
    readonly bins: readonly { readonly meanForecast: number; readonly observedShare: number; readonly count: number }[];
  }[];
  /** A bin of fewer rows is not drawn: its share is noise. */
  readonly minimumCount: number;
  readonly words: { readonly forecast: string; readonly observed: string };
}

const ROLES: readonly ColourRole[] = ['subject', 'universe', 'benchmark'];
const SYMBOLS = ['circle', 'rect', 'triangle'];

/** Reliability diagram: on the diagonal, what was forecast at 40 % happened 40 times in a hundred. */
export function calibrationChart(input: CalibrationInput, size: ChartSize): ChartOption {
  const style = axisStyle(size);
  const axisLabel = { ...style.axisLabel, formatter: (value: number) => formatPercent(value, 0) };
  const curves = input.curves.map(({ name, bins }) => ({
    name,
    points: bins.filter((bin) => bin.count >= input.minimumCount).map((bin) => [bin.meanForecast, bin.observedShare]),
  }));
  const highest = Math.max(0.2, ...curves.flatMap((curve) => curve.points.flat()));
  const edge = Math.min(1, Math.ceil(highest * 5) / 5);
  return {
    ...baseOption(size),
    legend: legend(curves, size),
    grid: grid(legendHeight(curves, size) + size.fontSize, nameRoom(size)),
    xAxis: {
      ...style,
      ...axisNameAlong(input.words.forecast, size),
      type: 'value',
      min: 0,
      max: edge,
      interval: 0.2,
      axisLabel,
    },
    yAxis: {
      ...valueAxisStyle(size),
      ...axisName(input.words.observed, size),
      nameTextStyle: { ...axisName('', size).nameTextStyle, align: 'left' },
      nameGap: size.fontSize * 0.6,
      type: 'value',
      min: 0,
      max: edge,
      interval: 0.2,
      axisLabel,
    },
    series: [
      {
        type: 'line',
        data: [
          [0, 0],
          [edge, edge],
        ],
        silent: true,
        symbol: 'none',
        lineStyle: { color: colour('axis'), type: DASHED, width: 1.2 },
      },
      ...curves.map(({ name, points }, k) => ({
        type: 'line' as const,
        name,
        data: points,
        silent: true,
        symbol: SYMBOLS[k],
        symbolSize: 7,
        itemStyle: { color: colour(ROLES[k]) },
        lineStyle: { color: colour(ROLES[k]), width: 1.6 },
      })),
    ],
  };
}
