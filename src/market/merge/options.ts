import { CandlenetError } from '../../util/index.js';
import type { MarketPart } from '../types.js';

/** A source of a market under the name that reports call it by. */
export interface NamedMarket {
  readonly name: string;
  readonly market: MarketPart;
}

/** What can have a priority of its own: parts of a bar, and whole tables. */
export const MERGED_PARTS = [
  'prices',
  'volume',
  'amount',
  'st',
  'instruments',
  'members',
  'benchmark',
  'actions',
  'fundamentals',
  'valuations',
  'macro',
  'news',
] as const;

export type MergedPart = (typeof MERGED_PARTS)[number];

/** Relative differences up to which two sources count as saying the same. */
export interface MergeTolerance {
  /** Raw prices and levels. */
  readonly price: number;
  readonly volume: number;
  readonly amount: number;
  /** Changes of the adjustment factor from one common session to the next. */
  readonly factor: number;
  /** Values of disclosures, ratios, series and actions. */
  readonly value: number;
}

export interface MergeOptions {
  /** Names of the sources, the first stands where several have a value; the order they are given in when left out. */
  readonly priority?: readonly string[];
  /** Another order for some parts; sources it does not name follow in the general order. */
  readonly partPriority?: { readonly [P in MergedPart]?: readonly string[] };
  readonly tolerance?: Partial<MergeTolerance>;
}

export const DEFAULT_TOLERANCE: MergeTolerance = { price: 1e-6, volume: 1e-3, amount: 1e-3, factor: 1e-3, value: 1e-6 };

/** The sources in the order in which they stand for each part. @throws ARGUMENT_INVALID for names that are none, or twice */
export function orderSources(
  sources: readonly NamedMarket[],
  options: MergeOptions,
): (part: MergedPart) => NamedMarket[] {
  const names = sources.map(({ name }) => name);
  const refuse = (what: string, found: string, expected: string) =>
    new CandlenetError('ARGUMENT_INVALID', `merge: ${what}: found ${found}, expected ${expected}`);
  if (sources.length === 0) throw refuse('sources', 'none', 'at least one');
  const twice = names.find((name, i) => name === '' || names.indexOf(name) !== i);
  if (twice !== undefined) throw refuse('sources', `the name "${twice}"`, 'a name of its own for each');
  const checked = (what: string, order: readonly string[]): readonly string[] => {
    const unknown = order.find((name, i) => !names.includes(name) || order.indexOf(name) !== i);
    if (unknown !== undefined) throw refuse(what, `"${unknown}"`, `names of ${names.join(', ')}, each once`);
    return order;
  };
  const general = checked('priority', options.priority ?? []);
  for (const [part, order] of Object.entries(options.partPriority ?? {})) {
    if (!MERGED_PARTS.includes(part as MergedPart))
      throw refuse('partPriority', `"${part}"`, `parts of ${MERGED_PARTS.join(', ')}`);
    checked(`partPriority.${part}`, order ?? []);
  }
  return (part) => {
    const order = [...new Set([...(options.partPriority?.[part] ?? []), ...general, ...names])];
    return order.map((name) => sources[names.indexOf(name)]);
  };
}
