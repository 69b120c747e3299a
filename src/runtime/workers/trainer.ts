import { createBarrier } from '../barrier.js';
import { bindKernels } from '../kernels/kernels.js';
import { memorySizes } from '../memory-sizes.js';
import { openSession, type Session } from '../session.js';
import { Control, viewTraining } from '../training-memory.js';
import { createBatch } from './batch.js';
import { createOptimiser } from './optimiser.js';
import type { StepOutcome, StepPlan, TrainingSetup } from './protocol.js';
import { createRandomInputs } from './random-inputs.js';
import { clipFactor, createReduction } from './reduction.js';
import { updateRunningStatistics } from './running-statistics.js';
import { createStopwatch } from './stopwatch.js';
import { allocateTensors } from './tensors.js';

export interface Trainer {
  readonly session: Session;
  runSteps(plan: StepPlan): Promise<StepOutcome>;
}

/**
 * One worker's part of data-parallel training. Each step: forward and backward on its share of the batch; a barrier;
 * the mean gradient of its slice of the parameters; a barrier; the optimiser on that slice; a barrier. The workers go
 * through a plan on their own; the main thread only watches, or asks them to pause after the step they are in.
 */
export async function openTrainer(setup: TrainingSetup): Promise<Trainer> {
  const { program, worker, workers } = setup;
  const session = await openSession(program.model, setup.provider);
  const kernels = bindKernels(setup.kernels, setup.memory);
  const memory = viewTraining(setup.memory, memorySizes(setup), workers);
  const { layout, control } = memory;
  const barrier = createBarrier(control, Control.ARRIVED, Control.ROUND, workers);
  const local = allocateTensors(program);
  const watch = createStopwatch(memory.phaseSeconds[worker]);
  const first = Math.min(worker * layout.sliceCount, layout.paddedCount);
  const slice = { first, count: Math.min(layout.sliceCount, layout.paddedCount - first) };
  const fillBatch = createBatch(setup, memory, kernels, local);
  const fillRandom = createRandomInputs(setup, memory, kernels, local);
  const reduction = createReduction(memory, kernels, worker, workers, slice);
  const optimise = createOptimiser(setup, memory, kernels, slice);

  /** @returns false when the gradient is not finite; nothing was updated then. */
  async function step(plan: StepPlan, index: number): Promise<boolean> {
    const update = plan.updatesBefore + index;
    watch.start();
    fillBatch(plan, index);
    fillRandom(update);
    local.params.set(memory.params);
    watch.lap('batch');
    await session.run(local.feeds, local.fetches);
    watch.lap('compute');
    memory.gradients[worker].set(local.gradients);
    memory.statistics[worker].set(local.statistics);
    watch.lap('publish');
    barrier.wait();
    watch.lap('wait');

    reduction.averageSlice();
    watch.lap('reduce');
    barrier.wait();
    watch.lap('wait');

    const norm = reduction.globalNorm();
    if (!Number.isFinite(norm)) return false;
    optimise(clipFactor(norm, setup.clipNorm), update + 1, plan.learningRates[index]);
    memory.lossSums[worker] += local.loss[0];
    if (worker === 0) {
      updateRunningStatistics(program.state, memory.state, memory.statistics);
      memory.normSum[0] += norm;
      Atomics.store(control, Control.STEP, index + 1);
      Atomics.store(control, Control.PAUSE, Atomics.load(control, Control.PAUSE_REQUESTED));
    }
    watch.lap('optimise');
    barrier.wait();
    watch.lap('wait');
    return true;
  }

  return {
    session,
    async runSteps(plan) {
      for (let index = plan.from; index < plan.to; index++) {
        if (!(await step(plan, index))) return { next: index, diverged: true };
        if (Atomics.load(control, Control.PAUSE) !== 0) return { next: index + 1, diverged: false };
      }
      return { next: plan.to, diverged: false };
    },
  };
}
