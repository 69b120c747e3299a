import { formatDay } from '../util/index.js';
import { axisStyle, baseOption, type ChartOption, type ChartSize, grid, legend, legendHeight } from './layout.js';
import { type ColourRole, colour } from './theme.js';

const KINDS = ['train', 'validate', 'test'] as const;
export type SplitKind = (typeof KINDS)[number];

/** A stretch of sessions, both ends included, and what it is for. */
export interface SplitStretch {
  readonly kind: SplitKind;
  readonly from: number;
  readonly to: number;
}

export interface SplitsInput {
  /** Of every session that a fold may use; stretches are indices into it. */
  readonly dates: Int32Array;
  readonly folds: readonly { readonly name: string; readonly stretches: readonly SplitStretch[] }[];
  readonly words: { readonly [K in SplitKind]: string };
}

const ROLES: { readonly [K in SplitKind]: ColourRole } = { train: 'bar', validate: 'other', test: 'benchmark' };

/** What each fold learns from, stops by and is judged on, a row each, the first above; gaps are purged or unused. */
export function splitsChart({ dates, folds, words }: SplitsInput, size: ChartSize): ChartOption {
  const style = axisStyle(size);
  const rows = folds.map(({ stretches }) => [...stretches].sort((a, b) => a.from - b.from));
  const pieces = Math.max(...rows.map(({ length }) => length));
  const entries = KINDS.map((kind) => ({ name: words[kind], kind }));
  const bar = { type: 'bar' as const, stack: 'sessions', silent: true, barCategoryGap: '25%' };
  const series = Array.from({ length: pieces }, (_, i) => [
    {
      ...bar,
      data: rows.map((row) => (row[i] ? row[i].from - (i === 0 ? 0 : row[i - 1].to + 1) : 0)),
      itemStyle: { color: 'transparent' },
    },
    {
      ...bar,
      data: rows.map((row) =>
        row[i]
          ? { value: row[i].to - row[i].from + 1, itemStyle: { color: colour(ROLES[row[i].kind]) } }
          : { value: 0, itemStyle: { color: 'transparent' } },
      ),
    },
  ]).flat();
  return {
    ...baseOption(size),
    legend: legend(entries, size),
    grid: { ...grid(legendHeight(entries, size)), left: Math.round(size.fontSize * 1.4) },
    xAxis: {
      ...style,
      type: 'value',
      min: 0,
      max: dates.length,
      splitNumber: Math.max(2, Math.floor(size.width / (size.fontSize * 10))),
      axisLabel: {
        ...style.axisLabel,
        hideOverlap: true,
        formatter: (index: number) => (index < dates.length ? formatDay(dates[index]).slice(0, 7) : ''),
      },
    },
    yAxis: {
      ...style,
      type: 'category',
      inverse: true,
      data: folds.map(({ name }) => name),
      axisTick: { show: false },
      axisLabel: { ...style.axisLabel, hideOverlap: true },
    },
    series: [
      ...series,
      // Only the legend knows these.
      ...entries.map(({ name, kind }) => ({
        ...bar,
        name,
        data: [],
        itemStyle: { color: colour(ROLES[kind]) },
      })),
    ],
  };
}
