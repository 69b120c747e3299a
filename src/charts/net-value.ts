import { formatNumber, formatPercent } from '../util/index.js';
import { type DatedLine, datedLines } from './dated-lines.js';
import type { ChartOption, ChartSize } from './layout.js';

export interface NetValueInput {
  /** The last close before the period first, where every line is 1. */
  readonly dates: Int32Array;
  readonly lines: readonly DatedLine[];
  readonly scale: 'linear' | 'log';
}

/** Net value of strategies and of what they are compared with, from 1. */
export function netValueChart(input: NetValueInput, size: ChartSize): ChartOption {
  return datedLines({ ...input, format: (value) => formatNumber(value, 2) }, size);
}

export interface DrawdownInput {
  readonly dates: Int32Array;
  readonly lines: readonly DatedLine[];
}

/** Fall from the highest close so far, ≤ 0. */
export function drawdownChart(input: DrawdownInput, size: ChartSize): ChartOption {
  return datedLines({ ...input, scale: 'linear', format: (value) => formatPercent(value, 0) }, size);
}

export interface CumulativeIcInput {
  readonly dates: Int32Array;
  /** Running sums of the daily rank IC: a steady slope is a steady skill, a wandering line is none. */
  readonly lines: readonly DatedLine[];
}

export function cumulativeIcChart(input: CumulativeIcInput, size: ChartSize): ChartOption {
  return datedLines(
    { ...input, scale: 'linear', format: (value) => formatNumber(value, Number.isInteger(value) ? 0 : 1) },
    size,
  );
}
