/** An artefact of a run and of its replay, by its path in the run folder; null where one of them has none. */
export interface ArtefactComparison {
  readonly path: string;
  readonly expected: string | null;
  readonly found: string | null;
  readonly same: boolean;
}

type Hashes = Readonly<Record<string, string>>;

/** What others are made from comes first: networks, then forecasts, and measures last. */
const ORDER = [/model\.onnx$/, /predictions\.parquet$/, /\.parquet$/, /\.jsonl$/, /./];

/** Every artefact of either, in the order in which they are made: the first that differs is where to look. */
export function compareArtefacts(expected: Hashes, found: Hashes): ArtefactComparison[] {
  const rank = (path: string) => ORDER.findIndex((pattern) => pattern.test(path));
  return [...new Set([...Object.keys(expected), ...Object.keys(found)])]
    .sort((a, b) => rank(a) - rank(b))
    .map((path) => {
      const [before, now] = [expected[path] ?? null, found[path] ?? null];
      return { path, expected: before, found: now, same: before === now };
    });
}
