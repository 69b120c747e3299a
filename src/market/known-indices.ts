/** An index as Qlib names its instruments file, with the symbol its own bars carry. */
export interface KnownIndex {
  readonly index: string;
  readonly symbol: string;
  readonly name: string;
  /** How many members it has by its rules. */
  readonly members: number;
}

/** China Securities Index Co. codes; all are price indices. */
const KNOWN_INDICES: readonly KnownIndex[] = [
  { index: 'csi300', symbol: 'SH000300', name: '沪深300 / CSI 300', members: 300 },
  { index: 'csi500', symbol: 'SH000905', name: '中证500 / CSI 500', members: 500 },
  { index: 'csi800', symbol: 'SH000906', name: '中证800 / CSI 800', members: 800 },
  { index: 'csi1000', symbol: 'SH000852', name: '中证1000 / CSI 1000', members: 1000 },
  { index: 'csi100', symbol: 'SH000903', name: '中证A100 / CSI A100', members: 100 },
  { index: 'sse50', symbol: 'SH000016', name: '上证50 / SSE 50', members: 50 },
];

export function knownIndex(index: string): KnownIndex | null {
  return KNOWN_INDICES.find((known) => known.index === index.toLowerCase()) ?? null;
}

/** The one of `present` that is meant by an index name or by the symbol of an index; null when there is none. */
export function resolveIndex(asked: string, present: readonly string[]): string | null {
  const bySymbol = KNOWN_INDICES.find((known) => known.symbol === asked.toUpperCase())?.index;
  return present.find((index) => index === asked || index === asked.toLowerCase() || index === bySymbol) ?? null;
}
