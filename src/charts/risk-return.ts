import {
  axisName,
  axisNameAlong,
  axisStyle,
  baseOption,
  type ChartOption,
  type ChartSize,
  grid,
  nameRoom,
  valueAxisStyle,
} from './layout.js';
import { type ColourRole, colour } from './theme.js';

export interface RiskReturnInput {
  readonly points: readonly {
    readonly name: string;
    readonly role: ColourRole;
    readonly volatility: number;
    readonly annualisedReturn: number;
  }[];
  readonly words: { readonly volatility: string; readonly annualisedReturn: string };
  readonly format: (value: number) => string;
}

/** Return a year against volatility a year, a named dot a strategy: the paper's risk-return matrix. */
export function riskReturnChart({ points, words, format }: RiskReturnInput, size: ChartSize): ChartOption {
  const style = axisStyle(size);
  return {
    ...baseOption(size),
    grid: { ...grid(size.fontSize * 2, nameRoom(size)), right: Math.round(size.width * 0.18) },
    xAxis: {
      ...style,
      ...axisNameAlong(words.volatility, size),
      type: 'value',
      scale: true,
      axisLabel: { ...style.axisLabel, hideOverlap: true, formatter: format },
    },
    yAxis: {
      ...valueAxisStyle(size),
      ...axisName(words.annualisedReturn, size),
      type: 'value',
      scale: true,
      splitNumber: 5,
      axisLabel: { ...style.axisLabel, formatter: format },
    },
    series: points
      .filter(({ volatility, annualisedReturn }) => Number.isFinite(volatility) && Number.isFinite(annualisedReturn))
      .map(({ name, role, volatility, annualisedReturn }) => ({
        type: 'scatter' as const,
        name,
        data: [[volatility, annualisedReturn]],
        silent: true,
        symbolSize: role === 'subject' ? 12 : 8,
        itemStyle: { color: colour(role) },
        label: {
          show: true,
          position: 'right' as const,
          formatter: name,
          fontSize: size.fontSize,
          color: colour('ink'),
        },
        labelLayout: { hideOverlap: false, moveOverlap: 'shiftY' as const },
      })),
  };
}
