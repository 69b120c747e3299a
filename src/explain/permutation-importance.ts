import { loadInference, type Provider, predictRows, startWorkerPool } from '../runtime/index.js';
import { mean, standardDeviation } from '../stats/index.js';
import { CandlenetError, createRng, type ProgressSink, silentProgress } from '../util/index.js';
import { copyWindows, type SampleSource, sectionsOf } from './sample-windows.js';
import { sharedColumns, shuffledAcross, shuffledWithin } from './shuffled-source.js';

/** What is dealt anew together: one column, or all of a group. */
export interface PermutedPart {
  readonly name: string;
  readonly columns: readonly number[];
}

/** A model as a black box. */
export interface BlackBox {
  /** ONNX: `x` [batch × window × features] → `probabilities` [batch × outputs]. */
  readonly onnx: Uint8Array;
  readonly outputs: number;
}

export interface PermutationOptions<Measure extends string> {
  /** Measures of the outputs [samples × outputs] of all samples, in their order; NaN where undefined. */
  readonly judge: (outputs: Float32Array) => Readonly<Record<Measure, number>>;
  /** Default 3. */
  readonly repeats?: number;
  readonly seed: number;
  readonly workers: number;
  readonly provider?: Provider;
  readonly progress?: ProgressSink;
  readonly signal?: AbortSignal;
}

/** The change of a measure: permuted less intact, over the repeats. */
export interface Change {
  readonly mean: number;
  /** Deviation over the repeats, n − 1; NaN for one. */
  readonly sd: number;
}

export interface PartImportance<Measure extends string> extends PermutedPart {
  /** `section`: dealt among the stocks of a day; `days`: among days, since all stocks share the columns; `both`. */
  readonly dealt: 'section' | 'days' | 'both';
  readonly change: Readonly<Record<Measure, Change>>;
}

export interface PermutationImportance<Measure extends string> {
  readonly samples: number;
  readonly sections: number;
  readonly repeats: number;
  /** With every column as it is. */
  readonly intact: Readonly<Record<Measure, number>>;
  readonly parts: readonly PartImportance<Measure>[];
}

/**
 * How much worse a model forecasts when columns are dealt to the wrong samples: permutation importance (Breiman 2001,
 * section 10; Fisher, Rudin & Dominici 2019, for models as black boxes).
 *
 * Columns move as whole windows: sample i takes their whole path over time from the window of another sample of the same
 * day. So each path stays one that some stock had, and each day keeps its cross-section; what breaks is which stock it
 * belongs to. Dealing each session of a window by itself would show the model paths that no stock ever had. A column that
 * all stocks of a day share (macro) cannot be dealt among them: its days are. The columns of a part move together, so that
 * a group of correlated columns cannot stand in for one another.
 *
 * Equal inputs give equal bits whatever the number of workers.
 * @throws ARGUMENT_INVALID, TABLE_INVALID, INTERRUPTED, RUNTIME_FAILED
 */
export async function permutationImportance<Measure extends string>(
  source: SampleSource,
  { onnx, outputs }: BlackBox,
  parts: readonly PermutedPart[],
  options: PermutationOptions<Measure>,
): Promise<PermutationImportance<Measure>> {
  const { judge, repeats = 3, seed, workers, provider = 'cpu', progress = silentProgress, signal } = options;
  const { features, window } = source;
  checkParts(parts, features, repeats, source.rows.length);
  const sections = sectionsOf(source);
  const intactWindows = copyWindows(source);
  const shared = sharedColumns(intactWindows, sections, source);
  const values = new Float32Array(new SharedArrayBuffer(intactWindows.byteLength));
  values.set(intactWindows);
  const ends = Int32Array.from(source.rows, (_, i) => i * window + window - 1);
  const task = progress.start('Permutation importance', 1 + parts.length * repeats, 'forecasts of all samples');
  const pool = startWorkerPool(workers);
  try {
    await loadInference(pool, onnx, { values, features, window }, outputs, provider);
    const measure = async () => judge(await predictRows(pool, ends, outputs, { signal }));
    const intact = await measure();
    let done = 1;
    task.update(done);
    const results: PartImportance<Measure>[] = [];
    for (const part of parts) {
      const changes: Readonly<Record<Measure, number>>[] = [];
      for (let repeat = 0; repeat < repeats; repeat++) {
        const rng = createRng(seed, 'permutation importance', part.name, repeat);
        const within = shuffledWithin(sections, rng);
        const across = shuffledAcross(sections, rng);
        move(values, intactWindows, part.columns, source, (column) => (shared[column] === 1 ? across : within));
        changes.push(await measure());
        task.update(++done);
      }
      move(values, intactWindows, part.columns, source, () => null);
      results.push({ ...part, dealt: howDealt(part.columns, shared), change: changeOf(intact, changes) });
    }
    return { samples: source.rows.length, sections: sections.length, repeats, intact, parts: results };
  } finally {
    task.end();
    await pool.close();
  }
}

/** Writes columns of all windows anew, each from the samples that `from` names; null puts them back. */
function move(
  into: Float32Array,
  intact: Float32Array,
  columns: readonly number[],
  { rows, window, features }: SampleSource,
  from: (column: number) => Int32Array | null,
): void {
  const size = window * features;
  for (const column of columns) {
    const source = from(column);
    for (let i = 0; i < rows.length; i++) {
      const at = i * size;
      const taken = (source === null ? i : source[i]) * size;
      for (let k = column; k < size; k += features) into[at + k] = intact[taken + k];
    }
  }
}

function howDealt(columns: readonly number[], shared: Uint8Array): PartImportance<string>['dealt'] {
  const count = columns.filter((column) => shared[column] === 1).length;
  if (count === 0) return 'section';
  return count === columns.length ? 'days' : 'both';
}

function changeOf<Measure extends string>(
  intact: Readonly<Record<Measure, number>>,
  permuted: readonly Readonly<Record<Measure, number>>[],
): Record<Measure, Change> {
  const entries = (Object.keys(intact) as Measure[]).map((name): [Measure, Change] => {
    const changes = permuted.map((found) => found[name] - intact[name]);
    return [name, { mean: mean(changes), sd: changes.length > 1 ? standardDeviation(changes) : Number.NaN }];
  });
  return Object.fromEntries(entries) as Record<Measure, Change>;
}

function checkParts(parts: readonly PermutedPart[], features: number, repeats: number, samples: number): void {
  const refuse = (what: string, found: string, expected: string): never => {
    throw new CandlenetError(
      'ARGUMENT_INVALID',
      `permutationImportance: ${what}: found ${found}, expected ${expected}`,
    );
  };
  if (samples === 0) refuse('samples', 'none', 'one or more');
  if (!Number.isInteger(repeats) || repeats < 1) refuse('repeats', String(repeats), 'a whole number of at least 1');
  for (const { name, columns } of parts) {
    if (columns.length === 0) refuse(`part "${name}"`, 'no column', 'one or more');
    const wrong = columns.find((column) => !Number.isInteger(column) || column < 0 || column >= features);
    if (wrong !== undefined) refuse(`part "${name}"`, `column ${wrong}`, `0 … ${features - 1}`);
  }
}
