export { type CompiledGraph, type CompileOptions, compile, type TensorValues } from './compile.js';
export { loadInference, type PredictionOptions, predictRows, shareRows } from './predictor.js';
export { type EffectiveProvider, PROVIDERS, type Provider, type ProviderChoice } from './providers.js';
export { openTokenClassifier, type TokenClassifier } from './token-classifier.js';
export {
  type EngineAugmentation,
  type EngineSetup,
  type EngineState,
  openTraining,
  type TrainingEngine,
} from './training-engine.js';
export { startWorkerPool, type WorkerPool } from './worker-pool.js';
export type { DecayedParams, OptimiserOptions, StepOutcome, StepPlan, WindowSource } from './workers/protocol.js';
