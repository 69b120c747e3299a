import {
  axisNameAlong,
  axisStyle,
  baseOption,
  type ChartOption,
  type ChartSize,
  grid,
  legend,
  legendHeight,
  nameRoom,
  valueAxisStyle,
} from './layout.js';
import { type ColourRole, colour } from './theme.js';

export interface RiskReturnPoint {
  readonly volatility: number;
  readonly expectedReturn: number;
}

export interface FrontierInput {
  /** Ascending in expected return. */
  readonly frontier: readonly RiskReturnPoint[];
  readonly assets: readonly RiskReturnPoint[];
  readonly chosen: RiskReturnPoint;
  readonly words: {
    readonly frontier: string;
    readonly assets: string;
    readonly chosen: string;
    readonly volatility: string;
  };
  readonly format: (value: number) => string;
}

/** Markowitz's picture: expected return against volatility, the efficient frontier, single assets, the portfolio chosen. */
export function frontierChart(
  { frontier, assets, chosen, words, format }: FrontierInput,
  size: ChartSize,
): ChartOption {
  const style = axisStyle(size);
  const pair = ({ volatility, expectedReturn }: RiskReturnPoint) => [volatility, expectedReturn];
  const legendLines = [
    { name: words.frontier, role: 'subject' as ColourRole },
    { name: words.assets, role: 'universe' as ColourRole },
    { name: words.chosen, role: 'benchmark' as ColourRole },
  ];
  const dots = (name: string, role: ColourRole, points: readonly RiskReturnPoint[], symbolSize: number) => ({
    type: 'scatter' as const,
    name,
    data: points.map(pair),
    silent: true,
    symbolSize,
    itemStyle: { color: colour(role) },
  });
  return {
    ...baseOption(size),
    legend: legend(legendLines, size),
    grid: grid(legendHeight(legendLines, size), nameRoom(size)),
    xAxis: {
      ...style,
      ...axisNameAlong(words.volatility, size),
      type: 'value',
      scale: true,
      axisLabel: { ...style.axisLabel, hideOverlap: true, formatter: format },
    },
    yAxis: {
      ...valueAxisStyle(size),
      type: 'value',
      scale: true,
      splitNumber: 4,
      axisLabel: { ...style.axisLabel, formatter: format },
    },
    series: [
      dots(words.assets, 'universe', assets, 5),
      {
        type: 'line' as const,
        name: words.frontier,
        data: frontier.map(pair),
        silent: true,
        symbol: 'none',
        itemStyle: { color: colour('subject') },
        lineStyle: { color: colour('subject'), width: 2 },
      },
      dots(words.chosen, 'benchmark', [chosen], 10),
    ],
  };
}
