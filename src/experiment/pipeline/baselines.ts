import { join } from 'node:path';
import {
  type BinnedSamples,
  type BoostingModel,
  binSamples,
  boostingOnnx,
  boostingProbabilities,
  DEFAULT_BOOSTING,
  DEFAULT_FOREST,
  DEFAULT_LOGISTIC,
  DEFAULT_SVM,
  fitBoosting,
  fitForest,
  fitLogistic,
  fitRidge,
  fitSvm,
  forestOnnx,
  forestProbabilities,
  type LogisticModel,
  logisticOnnx,
  logisticProbabilities,
  type RidgeModel,
  ridgeForecasts,
  ridgeOnnx,
  type SummarisedWindows,
  type SvmModel,
  summarise,
  svmOnnx,
  svmProbabilities,
  type TreeEnsemble,
} from '../../baselines/index.js';
import type { ModelMetadata } from '../../onnx/index.js';
import { canonicalJson, createRng, formatCount, invariant, sha256, writeFileAtomically } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import type { Services, StepTimes } from '../services.js';
import { chooseSamples } from './choose-samples.js';
import { keptOrFitted } from './kept-model.js';
import { metadataOf } from './network.js';
import type { Prepared } from './prepare.js';

/** A fitted baseline as the comparison takes it. */
export interface BaselineResult {
  readonly id: string;
  readonly name: string;
  readonly parameters: number | null;
  readonly note: string;
  readonly seconds: number;
  /** [test rows × classes]; of a label that is a number, its forecasts as standardised */
  readonly outputs: Float32Array;
}

/** How one kind of baseline is fitted, asked, written and described. */
interface Recipe<M> {
  readonly id: string;
  readonly name: string;
  /** What its fit depends on beside the data. */
  readonly options: { readonly maxSamples: number | null };
  readonly fit: (train: TrainingSamples) => Promise<M>;
  readonly outputs: (model: M, source: SummarisedWindows) => Float32Array | Promise<Float32Array>;
  readonly onnx: (model: M, metadata: ModelMetadata) => Uint8Array;
  readonly parameters: (model: M) => number;
  readonly describe: (model: M, samples: string) => string;
}

/** Training samples, or those drawn from them. */
interface TrainingSamples {
  readonly source: SummarisedWindows;
  readonly labels: Uint8Array;
  /** Of a label that is a number. */
  readonly targets: Float32Array | null;
  /** The same for the trees, shared by those that see all samples. */
  readonly binned: () => Promise<BinnedSamples>;
  readonly validation: { readonly source: SummarisedWindows; readonly labels: Uint8Array };
}

/**
 * Fits the baselines of the configuration on summaries of the training windows (last value, mean, deviation and slope of
 * every feature), or takes up what an earlier part of the run has fitted, and writes each as `comparison/<id>/model.onnx`.
 */
export async function fitBaselines(
  prepared: Prepared,
  config: ExperimentConfig,
  folder: string,
  checkpoints: string,
  services: Services,
  times: StepTimes,
): Promise<BaselineResult[]> {
  const { data } = prepared;
  const { seed, workers } = config.training;
  const { values, features, window, train, validation } = data;
  let hashed: string | null = null;
  const dataHash = () => {
    hashed ??= sha256(
      canonicalJson({ seed, window, features }),
      ...[
        values,
        train.rows,
        train.targets ?? train.classes,
        validation.rows,
        validation.targets ?? validation.classes,
      ],
    );
    return hashed;
  };
  let shared: Promise<BinnedSamples> | null = null;

  const samplesFor = (id: string, maxSamples: number | null): TrainingSamples => {
    const chosen = chooseSamples(train.rows.length, maxSamples, createRng(seed, 'baseline samples', id));
    const rows = chosen === null ? train.rows : Int32Array.from(chosen, (i) => train.rows[i]);
    const labels = chosen === null ? train.classes : Uint8Array.from(chosen, (i) => train.classes[i]);
    const { targets = null } = train;
    const numbers = chosen === null ? targets : targets && Float32Array.from(chosen, (i) => targets[i]);
    const source: SummarisedWindows = { values, features, window, rows };
    const bin = () => binSamples(source, workers, services);
    const binAll = () => {
      shared ??= bin();
      return shared;
    };
    return {
      source,
      labels,
      targets: numbers,
      binned: chosen === null ? binAll : bin,
      validation: { source: { ...source, rows: validation.rows }, labels: validation.classes },
    };
  };

  const results: BaselineResult[] = [];
  async function run<M>(recipe: Recipe<M>): Promise<void> {
    const { id, name, options } = recipe;
    const samples = samplesFor(id, options.maxSamples);
    const kept = await times.time(name, () =>
      keptOrFitted(join(checkpoints, `${id}.bin`), sha256(canonicalJson({ id, options }), dataHash()), () =>
        recipe.fit(samples),
      ),
    );
    const { model, seconds } = kept;
    const metadata = { ...metadataOf(prepared, config), modelName: id };
    writeFileAtomically(join(folder, 'comparison', id, 'model.onnx'), recipe.onnx(model, metadata));
    results.push({
      id,
      name,
      seconds,
      parameters: recipe.parameters(model),
      note: recipe.describe(model, `${formatCount(samples.labels.length)} samples`),
      outputs: await recipe.outputs(model, { values, features, window, rows: prepared.testRows }),
    });
  }

  const { logisticRegression, ridgeRegression, randomForest, gradientBoosting, svm } = config.baselines;
  if (prepared.target !== null) {
    if (ridgeRegression !== false) await run(ridgeRecipe(ridgeRegression, services));
    return results;
  }
  const how = { seed, workers };
  if (logisticRegression !== false) await run(logisticRecipe(logisticRegression, data.classes, workers, services));
  if (randomForest !== false) await run(forestRecipe(randomForest, data.classes, how, services));
  if (gradientBoosting !== false) await run(boostingRecipe(gradientBoosting, data.classes, how, services));
  if (svm !== false) await run(svmRecipe(svm, data.classes, how, services));
  return results;
}

type BaselinesConfig = ExperimentConfig['baselines'];
type Options<K extends keyof BaselinesConfig> = Exclude<BaselinesConfig[K], false>;

const summariesOf = ({ values, features, window, rows }: SummarisedWindows) =>
  summarise(values, features, window, rows);

function logisticRecipe(
  options: Options<'logisticRegression'>,
  classes: number,
  workers: number,
  services: Services,
): Recipe<LogisticModel> {
  const { c, maxIterations } = options;
  return {
    id: 'logistic',
    name: 'logistic regression',
    options,
    fit: ({ source, labels }) =>
      fitLogistic(summariesOf(source), labels, classes, { ...DEFAULT_LOGISTIC, c, maxIterations }, workers, services),
    outputs: (model, source) => logisticProbabilities(model, summariesOf(source)),
    onnx: logisticOnnx,
    parameters: ({ coefficients, intercepts }) => coefficients.length + intercepts.length,
    // A fit cut short is a weaker peer than it could be.
    describe: ({ converged, iterations }, samples) =>
      `Logistic regression: ${samples}, ${converged ? 'converged' : 'stopped unconverged'} after ${iterations} iterations.`,
  };
}

function ridgeRecipe(options: Options<'ridgeRegression'>, services: Services): Recipe<RidgeModel> {
  const { alpha } = options;
  return {
    id: 'ridge',
    name: 'ridge regression',
    options,
    fit: ({ source, targets }) => {
      invariant(targets !== null, 'a ridge regression forecasts numbers');
      return fitRidge(summariesOf(source), targets, { alpha }, services);
    },
    outputs: (model, source) => ridgeForecasts(model, summariesOf(source)),
    onnx: ridgeOnnx,
    parameters: ({ coefficients }) => coefficients.length + 1,
    describe: (_, samples) => `Ridge regression: ${samples}, the minimum by the normal equations.`,
  };
}

interface How {
  readonly seed: number;
  readonly workers: number;
}

function forestRecipe(
  options: Options<'randomForest'>,
  classes: number,
  { seed, workers }: How,
  services: Services,
): Recipe<TreeEnsemble> {
  const { maxSamples: _drawnBefore, ...growth } = options;
  return {
    id: 'random-forest',
    name: 'random forest',
    options,
    fit: async ({ binned, labels }) =>
      fitForest(await binned(), labels, classes, { ...DEFAULT_FOREST, ...growth, seed }, workers, services),
    outputs: forestProbabilities,
    onnx: forestOnnx,
    parameters: ({ feature, values }) => feature.length + values.length,
    describe: ({ roots, feature }, samples) =>
      `Random forest: ${samples}, ${formatCount(roots.length)} trees of ${formatCount(Math.round(feature.length / roots.length))} nodes on average.`,
  };
}

function boostingRecipe(
  options: Options<'gradientBoosting'>,
  classes: number,
  { seed, workers }: How,
  services: Services,
): Recipe<BoostingModel> {
  const { maxSamples: _drawnBefore, ...growth } = options;
  return {
    id: 'gradient-boosting',
    name: 'gradient boosting',
    options,
    fit: async ({ binned, labels, validation }) => {
      const train = { binned: await binned(), labels };
      const judged = await binSamples(validation.source, workers, services, train.binned.cuts);
      const settings = { ...DEFAULT_BOOSTING, ...growth, seed };
      return fitBoosting(train, { binned: judged, labels: validation.labels }, classes, settings, workers, services);
    },
    outputs: boostingProbabilities,
    onnx: boostingOnnx,
    parameters: ({ trees }) => trees.feature.length + trees.values.length,
    describe: ({ iterations }, samples) =>
      `Gradient boosting: ${samples}, ${iterations} of at most ${options.iterations} iterations kept by the validation loss.`,
  };
}

function svmRecipe(
  options: Options<'svm'>,
  classes: number,
  { seed, workers }: How,
  services: Services,
): Recipe<SvmModel> {
  const { maxSamples: _drawnBefore, ...settings } = options;
  return {
    id: 'svm',
    name: 'support vector machine',
    options,
    fit: ({ source, labels, validation }) =>
      fitSvm({ source, labels }, validation, classes, { ...DEFAULT_SVM, ...settings, seed }, workers, services),
    outputs: (model, source) => svmProbabilities(model, source, workers, services),
    onnx: svmOnnx,
    parameters: ({ weights, intercepts }) => weights.length + intercepts.length,
    describe: ({ map, converged, weights }, samples) => {
      const size = formatCount(weights.length / classes);
      const kernels = {
        linear: 'linear kernel',
        fourier: `radial kernel approximated by ${size} random Fourier features`,
        vectors: `exact radial kernel, ${size} support vectors`,
      };
      const end = converged ? 'converged' : 'stopped unconverged';
      return `Support vector machine: ${samples}, ${kernels[map.kind]}, ${end}.`;
    },
  };
}
