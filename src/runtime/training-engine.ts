import type { TrainingProgram } from '../onnx/index.js';
import { compileKernels } from './kernels/kernels.js';
import { memorySizes } from './memory-sizes.js';
import { shareRows } from './predictor.js';
import type { Provider, ProviderChoice } from './providers.js';
import { Control, createTrainingMemory, type TrainingMemory } from './training-memory.js';
import { openedOn, usableProvider } from './usable-provider.js';
import { watch } from './watch.js';
import type { WorkerPool } from './worker-pool.js';
import type { Augmentation, OptimiserOptions, StepOutcome, StepPlan, WindowSource } from './workers/protocol.js';
import { STEP_PHASES, type StepPhase } from './workers/stopwatch.js';

/** See `Augmentation`. */
export interface EngineAugmentation extends Omit<Augmentation, 'maxShift'> {
  /** One per sample. */
  readonly maxShift: Uint8Array | null;
}

export interface EngineSetup {
  readonly program: TrainingProgram;
  readonly source: WindowSource;
  readonly rows: Int32Array;
  /** Null where each sample has a target of its own. */
  readonly classes: Uint8Array | null;
  /** [classes × classes]: row k is the target of a sample of class k, by default the unit vectors; or [samples × 1]. */
  readonly targets?: Float32Array;
  /** Default none. */
  readonly augmentation?: EngineAugmentation;
  readonly optimiser: OptimiserOptions;
  readonly clipNorm: number | null;
  /** One per random input of the program. */
  readonly randomKeys: readonly bigint[];
  readonly provider: Provider;
}

/** Everything a training step reads and changes: copy it all and training goes on from there with the same bits. */
export type EngineState = Pick<TrainingMemory, 'params' | 'optimiser' | 'state' | 'lossSums' | 'normSum'>;

export interface TrainingEngine {
  readonly choice: ProviderChoice;
  /** Mean seconds of a worker in each phase of the steps run so far. */
  phaseSeconds(): Record<StepPhase, number>;
  /** Live views; read and write them only while no steps run. */
  readonly state: EngineState;
  /**
   * Runs the steps of a plan on the workers. A signal, or `pauseWhen` once it returns true, ends it early after a whole
   * step. `pauseWhen` is asked a few times a second with the step reached.
   * @throws RUNTIME_FAILED
   */
  run(plan: StepPlan, signal: AbortSignal | undefined, pauseWhen: (step: number) => boolean): Promise<StepOutcome>;
}

function shareBytes(bytes: Uint8Array): Uint8Array<SharedArrayBuffer> {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}

function shareFloats(values: Float32Array): Float32Array<SharedArrayBuffer> {
  const shared = new Float32Array(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  return shared;
}

const shareAugmentation = ({ maxShift, ...rest }: EngineAugmentation): Augmentation => ({
  ...rest,
  maxShift: maxShift && shareBytes(maxShift),
});

const unitVectors = (count: number) =>
  Float32Array.from({ length: count * count }, (_, i) => (i % (count + 1) === 0 ? 1 : 0));

/** Opens a training session on every worker of the pool. @throws RUNTIME_FAILED */
export async function openTraining(pool: WorkerPool, setup: EngineSetup): Promise<TrainingEngine> {
  const { program, source, optimiser, clipNorm, randomKeys } = setup;
  const usable = await usableProvider(setup.provider);
  const kernels = compileKernels();
  const augmentation = setup.augmentation ? shareAugmentation(setup.augmentation) : null;
  const shared = createTrainingMemory(memorySizes({ program, optimiser, augmentation }), pool.size);
  const rows = shareRows(setup.rows);
  const classes = setup.classes && shareBytes(setup.classes);
  const targets = shareFloats(setup.targets ?? unitVectors(program.classes));
  const { memory, control } = shared;
  const [opened] = await pool.all('openTraining', (worker) => {
    const place = { worker, workers: pool.size, memory, kernels };
    const samples = { source, rows, classes, targets, augmentation };
    return { ...place, ...samples, program, optimiser, clipNorm, randomKeys, provider: usable.provider };
  });

  return {
    choice: openedOn(usable, opened),
    state: shared,
    phaseSeconds: () => {
      const mean = (phase: number) => shared.phaseSeconds.reduce((sum, own) => sum + own[phase], 0) / pool.size;
      return Object.fromEntries(STEP_PHASES.map((phase, i) => [phase, mean(i)])) as Record<StepPhase, number>;
    },
    async run(plan, signal, pauseWhen) {
      Atomics.store(control, Control.PAUSE_REQUESTED, 0);
      Atomics.store(control, Control.PAUSE, 0);
      Atomics.store(control, Control.STEP, plan.from);
      const requestPause = () => Atomics.store(control, Control.PAUSE_REQUESTED, 1);
      const unwatch = watch(signal, {
        stop: requestPause,
        look: () => {
          if (pauseWhen(Atomics.load(control, Control.STEP))) requestPause();
        },
      });
      try {
        const [outcome] = await pool.all('runSteps', () => plan);
        return outcome;
      } finally {
        unwatch();
      }
    },
  };
}
