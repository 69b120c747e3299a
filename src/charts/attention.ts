import { formatPercent } from '../util/index.js';
import { shareStep } from './heat.js';
import { baseOption, type ChartOption, type ChartSize } from './layout.js';
import { colour, FONT_STACK } from './theme.js';

export interface AttentionInput {
  readonly heads: number;
  readonly steps: number;
  /** [heads × query step × key step] */
  readonly mean: ArrayLike<number>;
  /** Of the steps, in order of time. */
  readonly stepNames: readonly string[];
  readonly words: { readonly head: (number: number) => string; readonly query: string; readonly key: string };
}

/** Below this there is room for two panels side by side. */
const ROOMY_WIDTH = 600;
/** More steps leave no room for figures in the cells. */
const MOST_WRITTEN = 6;
/** Steps of the colour scale: even weights take the second. */
const SCALE = 1.6;

export const attentionPanels = (heads: number, width: number): { across: number; down: number } => {
  const across = Math.min(heads, width >= ROOMY_WIDTH ? 4 : 2);
  return { across, down: Math.ceil(heads / across) };
};

/** One panel a head: where each step (row) looks (column); darker is more. */
export function attentionChart(input: AttentionInput, size: ChartSize): ChartOption {
  const { heads, steps, mean, stepNames, words } = input;
  const { across, down } = attentionPanels(heads, size.width);
  const head = Array.from({ length: heads }, (_, h) => h);
  const titleHeight = size.fontSize * 3.4;
  const [panelWidth, panelHeight] = [size.width / across, size.height / down];
  const cells = head.map((h) =>
    Array.from({ length: steps * steps }, (_, i) => {
      const weight = mean[h * steps * steps + i];
      return { query: Math.floor(i / steps), key: i % steps, weight, step: shareStep((weight * steps) / (2 * SCALE)) };
    }),
  );
  const roles = [...new Set(cells.flat().map(({ step }) => step.fill))];
  const labels = { fontSize: size.fontSize * 0.85, color: colour('muted'), fontFamily: FONT_STACK };
  const bare = { axisLine: { show: false }, axisTick: { show: false }, splitArea: { show: false } };
  return {
    ...baseOption(size),
    grid: head.map((h) => ({
      left: (h % across) * panelWidth + size.fontSize * (h % across === 0 ? 4.2 : 1.5),
      width: panelWidth - size.fontSize * 4.8,
      top: Math.floor(h / across) * panelHeight + titleHeight,
      height: panelHeight - titleHeight - 6,
    })),
    xAxis: head.map((h) => ({
      ...bare,
      type: 'category',
      gridIndex: h,
      position: 'top',
      data: [...stepNames],
      axisLabel: { ...labels, interval: Math.max(0, Math.ceil(steps / 5) - 1) },
      name: words.head(h + 1),
      nameLocation: 'middle',
      nameGap: size.fontSize * 1.9,
      nameTextStyle: { fontSize: size.fontSize, color: colour('ink'), fontFamily: FONT_STACK },
    })),
    yAxis: head.map((h) => ({
      ...bare,
      type: 'category',
      gridIndex: h,
      inverse: true,
      data: [...stepNames],
      axisLabel: { ...labels, show: h % across === 0, interval: Math.max(0, Math.ceil(steps / 5) - 1) },
    })),
    visualMap: {
      type: 'piecewise',
      show: false,
      dimension: 2,
      pieces: roles.map((role, i) => ({ value: i, color: colour(role) })),
    },
    series: head.map((h) => ({
      type: 'heatmap',
      silent: true,
      xAxisIndex: h,
      yAxisIndex: h,
      itemStyle: { borderColor: colour('paper'), borderWidth: 1 },
      data: cells[h].map(({ query, key, weight, step }) => ({
        value: [key, query, roles.indexOf(step.fill)],
        label: {
          show: steps <= MOST_WRITTEN,
          formatter: formatPercent(weight, 0).replace(/\s*%/, ''),
          color: colour(step.text),
          fontSize: size.fontSize * 0.85,
          fontFamily: FONT_STACK,
        },
      })),
    })),
  };
}
