import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount, formatDuration, formatNumber, formatPercent } from './number-format.js';

describe('numbers for people', () => {
  it('have a true minus, separated thousands and no signed nought', () => {
    expect(formatNumber(-1234.5)).toBe('−1,234.50');
    expect(formatNumber(-0.001)).toBe('0.00');
    expect(formatCount(1234567)).toBe('1,234,567');
    expect(formatCount(999)).toBe('999');
  });

  it('are percents with one decimal', () => {
    expect(formatPercent(-0.1726)).toBe('−17.3\u202f%');
    expect(formatPercent(0.04, 1, true)).toBe('+4.0\u202f%');
    expect(formatPercent(0.00001, 1, true)).toBe('0.0\u202f%');
  });

  it('are a dash where there is none', () => {
    for (const value of [Number.NaN, null, undefined, Number.POSITIVE_INFINITY]) {
      expect(formatNumber(value)).toBe('–');
      expect(formatPercent(value)).toBe('–');
      expect(formatDuration(value)).toBe('–');
      expect(formatBytes(value)).toBe('–');
    }
  });

  it('tell durations and sizes in the unit people use', () => {
    expect(formatDuration(3.21)).toBe('3.2 s');
    expect(formatDuration(59.97)).toBe('1 min 00 s');
    expect(formatDuration(245)).toBe('4 min 05 s');
    expect(formatDuration(3599.8)).toBe('1 h 00 min');
    expect(formatDuration(7800)).toBe('2 h 10 min');
    expect(formatBytes(812_400_000)).toBe('812 MB');
    expect(formatBytes(3.14e9)).toBe('3.1 GB');
  });
});
