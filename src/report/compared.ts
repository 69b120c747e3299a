import { formatCount, formatNumber, formatPercent, UNDEFINED_MARK } from '../util/index.js';

/** How a figure of a compared table is shown. */
export type ComparedKind = 'share' | 'ratio' | 'hours' | 'count';

/** A figure measured here beside the one that is printed elsewhere; null where there is none. */
export interface ComparedCell {
  readonly kind: ComparedKind;
  readonly paper: number | null;
  readonly here: number | null;
}

export interface ComparedTable {
  readonly id: string;
  readonly caption: string;
  readonly note: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly name: string; readonly cells: readonly ComparedCell[] }[];
}

export function comparedFigure(value: number | null, kind: ComparedKind): string {
  if (value === null) return UNDEFINED_MARK;
  switch (kind) {
    case 'share':
      return formatPercent(value);
    case 'ratio':
      return formatNumber(value, 2);
    case 'hours':
      return formatNumber(value, value < 0.1 ? 3 : 1);
    case 'count':
      return formatCount(value);
  }
}
