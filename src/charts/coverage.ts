import { formatPercent } from '../util/index.js';
import { datedLines } from './dated-lines.js';
import type { ChartOption, ChartSize } from './layout.js';

export interface CoverageInput {
  readonly dates: Int32Array;
  /** A fraction a session; NaN where there is nothing to cover. */
  readonly share: ArrayLike<number>;
}

/** What is there of what should be, over time; the axis begins at a whole tenth below the least. */
export function coverageChart({ dates, share }: CoverageInput, size: ChartSize): ChartOption {
  const least = Array.from(share).reduce((min, value) => (value < min ? value : min), 1);
  const lines = [{ name: '', values: share, role: 'subject' as const }];
  const option = datedLines({ dates, lines, scale: 'linear', format: (value) => formatPercent(value, 0) }, size);
  const min = Math.min(0.9, Math.floor(10 * least) / 10);
  return { ...option, yAxis: { ...option.yAxis, min, max: 1, interval: (1 - min) / 2 } as ChartOption['yAxis'] };
}
