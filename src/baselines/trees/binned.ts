import { builtUrl, CandlenetError } from '../../util/index.js';
import { onThreads, type ThreadHooks, type ThreadMessage } from '../on-threads.js';
import { type SampleSource, samplesAt, samplesBetween, widthOf } from '../samples.js';
import { binOf, CUTS, type CutTable, chooseCuts } from './bins.js';

/** Samples with every feature reduced to one of 256 bins: a byte a value, so that 800,000 × 344 are 275 MB. */
export interface BinnedSamples {
  /** Feature by feature: [width × samples]. */
  readonly bins: Uint8Array<SharedArrayBuffer>;
  readonly samples: number;
  readonly width: number;
  readonly cuts: CutTable;
}

/** Samples that the cuts are chosen from, evenly spaced. */
const SAMPLED = 50_000;
/** Samples whose features are in memory together. */
export const BLOCK = 512;

/** Bins samples and grows trees. */
export const TREE_WORKER = builtUrl(import.meta.url, './tree-worker.js');

export interface BinJob {
  readonly kind: 'bin';
  readonly source: SampleSource;
  readonly binned: BinnedSamples;
  /** Next block to take. */
  readonly next: Int32Array<SharedArrayBuffer>;
}

/** @throws TRAINING_DIVERGED where a feature is not finite */
function cutTable(source: SampleSource): CutTable {
  const width = widthOf(source);
  const samples = source.rows.length;
  const count = Math.min(samples, SAMPLED);
  const chosen = samplesAt(
    source,
    Int32Array.from({ length: count }, (_, i) => Math.floor((i * samples) / count)),
  );
  const cuts = new Float32Array(new SharedArrayBuffer((width * CUTS + 1) * 4)).fill(Number.POSITIVE_INFINITY);
  const column = new Float32Array(count);
  for (let f = 0; f < width; f++) {
    for (let i = 0; i < count; i++) column[i] = chosen[i * width + f];
    column.sort();
    if (!Number.isFinite(column[0]) || !Number.isFinite(column[count - 1])) {
      throw new CandlenetError('TRAINING_DIVERGED', `trees: found values that are not finite in column ${f}`);
    }
    cuts.set(chooseCuts(column), f * CUTS);
  }
  return cuts;
}

/** Bins samples `from` up to, not including, `to`. */
export function fillBins(
  source: SampleSource,
  { bins, samples, width, cuts }: BinnedSamples,
  from: number,
  to: number,
) {
  const block = samplesBetween(source, from, to);
  for (let f = 0; f < width; f++) {
    const start = f * CUTS;
    for (let i = from, at = f; i < to; i++, at += width) bins[f * samples + i] = binOf(cuts, start, block[at]);
  }
}

/**
 * Bins samples, by cuts of their own or by given ones, on `workers` threads; the bits do not depend on their number.
 * @throws SAMPLES_EMPTY, TRAINING_DIVERGED, INTERRUPTED, RUNTIME_FAILED
 */
export async function binSamples(
  source: SampleSource,
  workers: number,
  hooks: ThreadHooks = {},
  cuts?: CutTable,
): Promise<BinnedSamples> {
  const samples = source.rows.length;
  if (samples === 0) throw new CandlenetError('SAMPLES_EMPTY', 'trees: found no samples, expected at least one');
  const width = widthOf(source);
  const bins = new Uint8Array(new SharedArrayBuffer(width * samples));
  const binned: BinnedSamples = { bins, samples, width, cuts: cuts ?? cutTable(source) };
  const job: BinJob = { kind: 'bin', source, binned, next: new Int32Array(new SharedArrayBuffer(4)) };
  const blocks = Math.ceil(samples / BLOCK);
  await onThreads<ThreadMessage>(
    { what: 'binning features', module: TREE_WORKER, jobs: sameJob(job, workers, blocks) },
    () => {},
    hooks,
  );
  return binned;
}

/** The same job for each thread, and no more threads than there are pieces. */
export const sameJob = <T>(job: T, workers: number, pieces: number): T[] =>
  new Array<T>(Math.max(1, Math.min(workers, pieces))).fill(job);
