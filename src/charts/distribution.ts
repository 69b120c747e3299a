import { formatPercent } from '../util/index.js';
import {
  axisStyle,
  baseOption,
  type ChartOption,
  type ChartSize,
  grid,
  legend,
  legendHeight,
  valueAxisStyle,
} from './layout.js';
import { colour } from './theme.js';

export interface DistributionInput {
  /** Simple daily returns. */
  readonly returns: ArrayLike<number>;
  readonly mean: number;
  readonly deviation: number;
  readonly words: { readonly returns: string; readonly normal: string };
}

const NICE_WIDTHS = [0.0005, 0.001, 0.002, 0.0025, 0.005, 0.01, 0.02, 0.05];
const MOST_BINS = 33;

/** Bins centred on multiples of a round width, symmetric about 0; what lies beyond is counted in the outermost. */
export function histogram(returns: ArrayLike<number>): { width: number; centres: number[]; counts: number[] } {
  const extreme = Array.from(returns, Math.abs).reduce((most, value) => Math.max(most, value), 0);
  const width = NICE_WIDTHS.find((w) => (2 * extreme) / w <= MOST_BINS) ?? 0.1;
  const reach = Math.max(1, Math.min(Math.ceil(extreme / width - 0.5), Math.floor(MOST_BINS / 2)));
  const centres = Array.from({ length: 2 * reach + 1 }, (_, i) => (i - reach) * width);
  const counts = centres.map(() => 0);
  for (let i = 0; i < returns.length; i++) {
    if (Number.isNaN(returns[i])) continue;
    counts[Math.max(-reach, Math.min(reach, Math.round(returns[i] / width))) + reach]++;
  }
  return { width, centres, counts };
}

const LABEL_STEPS = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5];
const MOST_LABELS = 7;

/** Bins from one label to the next, so that labels are round and few. */
function labelEvery(width: number, bins: number): number {
  const steps = LABEL_STEPS.map((step) => Math.round(step / width));
  return steps.find((every) => every > 0 && bins / every <= MOST_LABELS) ?? bins;
}

/** Daily returns as a histogram, with the normal distribution of the same mean and deviation. */
export function distributionChart(input: DistributionInput, size: ChartSize): ChartOption {
  const { words, mean, deviation } = input;
  const { width, centres, counts } = histogram(input.returns);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const normal = centres.map((x) => {
    const z = (x - mean) / deviation;
    return deviation > 0 ? (total * width * Math.exp(-0.5 * z * z)) / (deviation * Math.sqrt(2 * Math.PI)) : '-';
  });
  const style = axisStyle(size);
  const middle = (centres.length - 1) / 2;
  const every = labelEvery(width, centres.length);
  const entries = [{ name: words.returns }, { name: words.normal }];
  return {
    ...baseOption(size),
    legend: legend(entries, size),
    grid: grid(legendHeight(entries, size)),
    xAxis: {
      ...style,
      type: 'category',
      data: centres.map((x) => formatPercent(x, width * every < 0.0099 ? 1 : 0)),
      axisLabel: { ...style.axisLabel, interval: (i) => (i - middle) % every === 0 },
    },
    yAxis: { ...valueAxisStyle(size), type: 'value', splitNumber: 4, minInterval: 1 },
    series: [
      {
        type: 'bar',
        name: words.returns,
        data: counts,
        silent: true,
        barCategoryGap: '12%',
        itemStyle: { color: colour('bar') },
      },
      {
        type: 'line',
        name: words.normal,
        data: normal,
        silent: true,
        smooth: true,
        symbol: 'none',
        itemStyle: { color: colour('ink') },
        lineStyle: { color: colour('ink'), width: 1.4 },
      },
    ],
  };
}
