import { builtUrl, CandlenetError, createRng, silentProgress } from '../../util/index.js';
import { columnMoments } from '../column-moments.js';
import type { Design } from '../design.js';
import { createKernelMemory, Places } from '../kernels/kernels.js';
import { DEFAULT_LOGISTIC, fitLogisticSync, type LogisticModel, logisticProbabilities } from '../logistic.js';
import { onThreads, type ThreadHooks } from '../on-threads.js';
import { isDesign, type SampleSource, samplesBetween, widthOf } from '../samples.js';
import type { MappedSamples, Separation } from './dual-descent.js';
import { type KernelMap, type Standardisation, sizeOfMap, standardised } from './kernel-map.js';
import { strideOfMap } from './mapper.js';
import type { DecideJob, MapJob, SeparateJob, SvmMessage } from './svm-jobs.js';

export interface SvmOptions {
  /** Cost of a violation, scikit-learn's C. */
  readonly c: number;
  readonly kernel: 'rbf' | 'linear';
  /** Of exp(−γ‖x − y‖²) on standardised columns; null is 1 / columns, scikit-learn's `scale`. */
  readonly gamma: number | null;
  /** Up to so many samples the radial kernel is exact; beyond, it is approximated. */
  readonly exactUpTo: number;
  /** Random Fourier features of the approximation. */
  readonly components: number;
  /** Passes over the samples. */
  readonly maxIterations: number;
  readonly tolerance: number;
  readonly seed: number;
}

export const DEFAULT_SVM: SvmOptions = {
  c: 1,
  kernel: 'rbf',
  gamma: null,
  exactUpTo: 5000,
  components: 500,
  maxIterations: 200,
  tolerance: 1e-3,
  seed: 0,
};

export interface SvmModel {
  readonly classes: number;
  readonly standardisation: Standardisation;
  readonly map: KernelMap;
  /** One class against the others, [classes × size of the map]. */
  readonly weights: Float64Array;
  readonly intercepts: Float64Array;
  /** From decision values to probabilities: multinomial logistic regression, fitted on the validation samples. */
  readonly calibration: LogisticModel;
  readonly converged: boolean;
}

/** Samples with the class of each. */
export interface LabelledSamples {
  readonly source: SampleSource;
  readonly labels: Uint8Array;
}

const WORKER = builtUrl(import.meta.url, './svm-worker.js');
const counter = () => new Int32Array(new SharedArrayBuffer(4));
const sharedFloats = (length: number) => new Float32Array(new SharedArrayBuffer(length * 4));

function check({ source, labels }: LabelledSamples, classes: number, options: SvmOptions): void {
  const what = 'support vector machine';
  if (labels.length === 0)
    throw new CandlenetError('SAMPLES_EMPTY', `${what}: found no samples, expected at least one`);
  if (labels.length !== source.rows.length) {
    const found = `${source.rows.length} samples but ${labels.length} classes`;
    throw new CandlenetError('TABLE_INVALID', `${what}: found ${found}, expected one class a sample`);
  }
  const wrong = labels.find((label) => label >= classes);
  if (wrong !== undefined) {
    throw new CandlenetError('TABLE_INVALID', `${what}: found class ${wrong}, expected 0 … ${classes - 1}`);
  }
  for (const key of ['c', 'components', 'maxIterations', 'tolerance'] as const) {
    if (options[key] > 0) continue;
    throw new CandlenetError('CONFIG_INVALID', `svm.${key}: found ${options[key]}, expected a number above 0`);
  }
  if (options.gamma !== null && !(options.gamma > 0)) {
    throw new CandlenetError('CONFIG_INVALID', `svm.gamma: found ${options.gamma}, expected null or a number above 0`);
  }
}

/** All samples of a source in memory. */
function designOf(source: SampleSource): Design {
  if (isDesign(source)) return source;
  const width = widthOf(source);
  const values = sharedFloats(source.rows.length * width);
  values.set(samplesBetween(source, 0, source.rows.length));
  return { values, stride: width, width, rows: Int32Array.from(source.rows, (_, i) => i) };
}

function chooseMap(design: Design, standardisation: Standardisation, options: SvmOptions): KernelMap {
  const { width } = design;
  const { kernel, components, seed } = options;
  if (kernel === 'linear') return { kind: 'linear' };
  const gamma = options.gamma ?? 1 / width;
  if (design.rows.length <= options.exactUpTo) {
    const vectors = sharedFloats(design.rows.length * width);
    vectors.set(standardised(samplesBetween(design, 0, design.rows.length), standardisation));
    return { kind: 'vectors', vectors, gamma };
  }
  const rng = createRng(seed, 'random Fourier features');
  const directions = sharedFloats(width * components);
  for (let i = 0; i < directions.length; i++) directions[i] = Math.sqrt(2 * gamma) * rng.normal();
  const phases = new Float64Array(new SharedArrayBuffer(components * 8));
  for (let d = 0; d < components; d++) phases[d] = 2 * Math.PI * rng.uniform();
  return { kind: 'fourier', directions, phases };
}

/** Room for what the samples are mapped to; where that is linear, in the kernels' memory with the weights of each class. */
function roomFor(map: KernelMap, { rows, width }: Design, classes: number) {
  const samples = rows.length;
  if (map.kind === 'vectors') return { values: sharedFloats(samples * samples), stride: samples, linear: null };
  const stride = strideOfMap(map, width);
  const places = new Places();
  const x = places.take(samples * stride * 4);
  const weights = Array.from({ length: classes }, () => places.take(stride * 8));
  const memory = createKernelMemory(places.bytes);
  const size = sizeOfMap(map, width);
  return {
    values: new Float32Array(memory.buffer, x, samples * stride),
    stride,
    linear: weights.map((of): MappedSamples => ({ memory, x, stride, size, weights: of })),
  };
}

/**
 * A support vector machine on standardised columns, one class against the others. The radial kernel is exact (SMO, hinge loss)
 * up to `exactUpTo` samples, and beyond approximated by random Fourier features (dual coordinate descent, squared hinge
 * loss), as the linear one is fitted. Classes are separated side by side on up to `workers` threads; the bits depend on the seed only.
 * @param validation samples that its decision values are calibrated on, by a softmax (Platt 1999 for two classes)
 * @throws SAMPLES_EMPTY, TABLE_INVALID, CONFIG_INVALID; TRAINING_DIVERGED when a feature is not finite; INTERRUPTED, RUNTIME_FAILED
 */
export async function fitSvm(
  train: LabelledSamples,
  validation: LabelledSamples,
  classes: number,
  options: SvmOptions,
  workers: number,
  hooks: ThreadHooks = {},
): Promise<SvmModel> {
  check(train, classes, options);
  const task = (hooks.progress ?? silentProgress).start('Support vector machine', classes, 'classes');
  try {
    const design = designOf(train.source);
    const standardisation = columnMoments(design);
    if (standardisation.mean.some((value) => !Number.isFinite(value))) {
      throw new CandlenetError('TRAINING_DIVERGED', 'support vector machine: found values that are not finite');
    }
    const whole = chooseMap(design, standardisation, options);
    const mapped = roomFor(whole, design, classes);
    const mapJob: MapJob = {
      ...{ kind: 'map', source: design, standardisation, map: whole },
      ...{ mapped: mapped.values, stride: mapped.stride, next: counter() },
    };
    await onThreads<SvmMessage>(threads('mapping samples', mapJob, workers), () => {}, hooks);
    const separations = new Array<Separation>(classes);
    const job: SeparateJob = {
      ...{ kind: 'separate', labels: train.labels, classes, mapped: mapped.linear ?? mapped.values },
      ...{ options, seed: options.seed, next: counter() },
    };
    let done = 0;
    await onThreads<SvmMessage>(
      threads('fitting the support vector machine', job, Math.min(workers, classes)),
      ({ k, separation }) => {
        separations[k] = separation;
        task.update(++done);
      },
      hooks,
    );
    const machine = compact(whole, separations, design.width);
    const partial = { classes, standardisation, ...machine, converged: separations.every((one) => one.converged) };
    const decisions = await decide(partial, validation.source, workers, hooks);
    const calibration = fitLogisticSync(decisions, validation.labels, classes, DEFAULT_LOGISTIC);
    return { ...partial, calibration };
  } finally {
    task.end();
  }
}

const threads = (what: string, job: MapJob | SeparateJob | DecideJob, workers: number) => ({
  what,
  module: WORKER,
  jobs: new Array(Math.max(1, workers)).fill(job),
});

/** Of an exact kernel only the vectors that support some class are kept. */
function compact(
  map: KernelMap,
  separations: readonly Separation[],
  width: number,
): Pick<SvmModel, 'map' | 'weights' | 'intercepts'> {
  const intercepts = Float64Array.from(separations, ({ intercept }) => intercept);
  const size = separations[0].weights.length;
  const kept = Array.from({ length: size }, (_, i) => i).filter(
    (i) => map.kind !== 'vectors' || separations.some(({ weights }) => weights[i] !== 0),
  );
  const weights = Float64Array.from(separations.flatMap((one) => kept.map((i) => one.weights[i])));
  if (map.kind !== 'vectors') return { map, weights, intercepts };
  const vectors = sharedFloats(kept.length * width);
  kept.forEach((i, at) => {
    vectors.set(map.vectors.subarray(i * width, (i + 1) * width), at * width);
  });
  return { map: { ...map, vectors }, weights, intercepts };
}

/** Decision values of samples, as the features of the calibration. @throws TABLE_INVALID, INTERRUPTED, RUNTIME_FAILED */
async function decide(
  { classes, standardisation, map, weights, intercepts }: Omit<SvmModel, 'calibration'>,
  source: SampleSource,
  workers: number,
  hooks: ThreadHooks,
): Promise<Design> {
  const width = standardisation.mean.length;
  if (widthOf(source) !== width) {
    const found = `found ${widthOf(source)} features, expected ${width}`;
    throw new CandlenetError('TABLE_INVALID', `support vector machine: ${found}`);
  }
  const decisions = sharedFloats(source.rows.length * classes);
  const shared = { source, standardisation, map, weights, intercepts, decisions };
  const job: DecideJob = { kind: 'decide', ...shared, next: counter() };
  await onThreads<SvmMessage>(threads('asking the support vector machine', job, workers), () => {}, hooks);
  return { values: decisions, stride: classes, width: classes, rows: Int32Array.from(source.rows, (_, i) => i) };
}

/** Class probabilities, float32 [samples × classes]. @throws TABLE_INVALID, INTERRUPTED, RUNTIME_FAILED */
export async function svmProbabilities(
  model: SvmModel,
  source: SampleSource,
  workers: number,
  hooks: ThreadHooks = {},
): Promise<Float32Array> {
  return logisticProbabilities(model.calibration, await decide(model, source, workers, hooks));
}
