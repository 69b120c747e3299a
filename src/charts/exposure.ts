import { formatPercent } from '../util/index.js';
import { type DatedLine, datedLines } from './dated-lines.js';
import type { ChartOption, ChartSize } from './layout.js';

export interface ExposureInput {
  readonly dates: Int32Array;
  /** Shares of equity. */
  readonly lines: readonly DatedLine[];
}

/** Shares of equity over time, from nothing to all of it. */
export function exposureChart(input: ExposureInput, size: ChartSize): ChartOption {
  const option = datedLines({ ...input, scale: 'linear', format: (value) => formatPercent(value, 0) }, size);
  return { ...option, yAxis: { ...option.yAxis, min: 0, max: 1, interval: 0.25 } as ChartOption['yAxis'] };
}
