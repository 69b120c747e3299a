import { formatNumber } from '../util/index.js';
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
import { type ColourRole, colour, FONT_STACK } from './theme.js';

export interface LossInput {
  readonly train: readonly number[];
  readonly validation: readonly number[];
  /** 1 for the first. */
  readonly bestEpoch: number;
  readonly words: {
    readonly train: string;
    readonly validation: string;
    readonly epoch: string;
    readonly best: string;
  };
}

/** Cross-entropy by epoch, with the epoch whose weights were kept. */
export function lossChart({ train, validation, bestEpoch, words }: LossInput, size: ChartSize): ChartOption {
  const epochs = Math.max(train.length, validation.length);
  const style = axisStyle(size);
  const line = (name: string, values: readonly number[], role: ColourRole) => ({
    type: 'line' as const,
    name,
    data: values.map((value, i) => [i + 1, Number.isNaN(value) ? '-' : value]),
    silent: true,
    symbol: 'circle',
    symbolSize: 5,
    showSymbol: epochs <= 30,
    itemStyle: { color: colour(role) },
    lineStyle: { color: colour(role), width: 1.8 },
  });
  const entries = [{ name: words.train }, { name: words.validation }];
  return {
    ...baseOption(size),
    legend: legend(entries, size),
    grid: grid(legendHeight(entries, size) + size.fontSize * 0.8, nameRoom(size)),
    xAxis: {
      ...style,
      ...axisNameAlong(words.epoch, size),
      type: 'value',
      min: 1,
      max: Math.max(2, epochs),
      minInterval: 1,
      axisLabel: { ...style.axisLabel, formatter: (value: number) => (Number.isInteger(value) ? String(value) : '') },
    },
    yAxis: {
      ...valueAxisStyle(size),
      type: 'value',
      scale: true,
      splitNumber: 4,
      axisLabel: { ...style.axisLabel, formatter: (value: number) => formatNumber(value, 3) },
    },
    series: [
      line(words.train, train, 'universe'),
      {
        ...line(words.validation, validation, 'subject'),
        markLine: {
          silent: true,
          symbol: 'none',
          lineStyle: { color: colour('benchmark'), type: DASHED, width: 1.2 },
          label: {
            formatter: `${words.best} ${bestEpoch}`,
            color: colour('benchmark'),
            fontSize: size.fontSize,
            fontFamily: FONT_STACK,
          },
          data: [{ xAxis: bestEpoch }],
        },
      },
    ],
  };
}
