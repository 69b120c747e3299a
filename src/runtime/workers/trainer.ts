import type { TrainingProgram } from '../../onnx/index.js';
import { createBarrier } from '../barrier.js';
import { bindKernels, type Kernels, LANES } from '../kernels/kernels.js';
import { type FloatBuffer, openSession, type Session, type Tensors, tensorOver } from '../session.js';
import { Control, type TrainingMemory, viewTraining } from '../training-memory.js';
import type { StepOutcome, StepPlan, TrainingSetup } from './protocol.js';
import { updateRunningStatistics } from './running-statistics.js';
import { gatherWindows } from './windows.js';

export interface Trainer {
  readonly session: Session;
  runSteps(plan: StepPlan): Promise<StepOutcome>;
}

const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

/** The tensors one worker feeds and fetches, over plain memory: ONNX Runtime refuses shared buffers. */
function allocateTensors(program: TrainingProgram) {
  const { batch, window, features, classes } = program;
  const x = new Float32Array(batch * window * features);
  const target = new Float32Array(batch * classes);
  const random = program.inputs.random.map((input) => new Float32Array(sizeOf(input.shape)));
  const params = new Float32Array(program.paramCount);
  const gradients = new Float32Array(program.paramCount);
  const statistics = new Float32Array(program.stateCount);
  const loss = new Float32Array(1);

  const feeds: Tensors = {
    [program.inputs.x]: tensorOver(x, [batch, window, features]),
    [program.inputs.target]: tensorOver(target, [batch, classes]),
  };
  const fetches: Tensors = { [program.outputs.loss]: tensorOver(loss, []) };
  program.inputs.random.forEach((input, i) => {
    feeds[input.name] = tensorOver(random[i], input.shape);
  });
  program.params.forEach((slot, i) => {
    const end = slot.offset + slot.size;
    feeds[slot.name] = tensorOver(params.subarray(slot.offset, end), slot.shape);
    fetches[program.outputs.gradients[i]] = tensorOver(gradients.subarray(slot.offset, end), slot.shape);
  });
  program.state.forEach((slot, i) => {
    const view = statistics.subarray(slot.offset, slot.offset + slot.size);
    fetches[program.outputs.statistics[i]] = tensorOver(view, slot.shape);
  });
  return { x, target, random, params, gradients, statistics, loss, feeds, fetches };
}

/** Adam on `count` parameters from index `first` on, as update number `update` (from 1). */
function adamSlice(
  kernels: Kernels,
  memory: TrainingMemory,
  setup: TrainingSetup,
  first: number,
  count: number,
  clip: number,
  update: number,
  learningRate: number,
): void {
  const { layout } = memory;
  const { beta1, beta2, epsilon } = setup.adam;
  kernels.adam(
    layout.params + first * 4,
    layout.firstMoment + first * 4,
    layout.secondMoment + first * 4,
    layout.meanGradient + first * 4,
    count,
    clip,
    beta1,
    1 - beta1,
    beta2,
    1 - beta2,
    learningRate / (1 - beta1 ** update),
    Math.sqrt(1 - beta2 ** update),
    epsilon,
  );
}

/**
 * One worker's part of data-parallel training. Each step: forward and backward on its share of the batch; a barrier;
 * the mean gradient of its slice of the parameters; a barrier; Adam on that slice; a barrier. The workers go through a
 * plan on their own; the main thread only watches, or asks them to pause after the step they are in.
 */
export async function openTrainer(setup: TrainingSetup): Promise<Trainer> {
  const { program, worker, workers, source } = setup;
  const { batch, classes } = program;
  const session = await openSession(program.model, setup.provider);
  const kernels = bindKernels(setup.kernels, setup.memory);
  const memory = viewTraining(setup.memory, program, workers);
  const { layout, control } = memory;
  const barrier = createBarrier(control, Control.ARRIVED, Control.ROUND, workers);
  const local = allocateTensors(program);

  const sliceFirst = Math.min(worker * layout.sliceCount, layout.paddedCount);
  const sliceCount = Math.min(layout.sliceCount, layout.paddedCount - sliceFirst);
  const scratchPointer = layout.scratch + worker * layout.scratchStride;
  const rows = new Int32Array(batch);

  function fillBatch(plan: StepPlan, step: number): void {
    const first = step * batch * workers + worker * batch;
    local.target.fill(0);
    for (let i = 0; i < batch; i++) {
      const sample = plan.order[first + i];
      rows[i] = setup.rows[sample];
      local.target[i * classes + setup.classes[sample]] = 1;
    }
    gatherWindows(source, rows, batch, local.x);
  }

  function fillRandom(update: number): void {
    program.inputs.random.forEach((input, i) => {
      const out: FloatBuffer = local.random[i];
      const padded = Math.ceil(out.length / LANES) * LANES;
      const counter = BigInt(update * workers + worker) * BigInt(padded / 2);
      kernels.fillDropout(scratchPointer, padded, setup.randomKeys[i], counter, input.keep);
      out.set(memory.scratch[worker].subarray(0, out.length));
    });
  }

  /** @returns false when the gradient is not finite; nothing was updated then. */
  async function step(plan: StepPlan, index: number): Promise<boolean> {
    const update = plan.updatesBefore + index;
    fillBatch(plan, index);
    fillRandom(update);
    local.params.set(memory.params);
    await session.run(local.feeds, local.fetches);
    memory.gradients[worker].set(local.gradients);
    memory.statistics[worker].set(local.statistics);
    barrier.wait();

    const slots = layout.gradients + sliceFirst * 4;
    const mean = layout.meanGradient + sliceFirst * 4;
    memory.squaredNorms[worker] = kernels.reduceGradients(
      mean,
      slots,
      layout.gradientStride,
      workers,
      sliceCount,
      1 / workers,
    );
    barrier.wait();

    let squaredNorm = 0;
    for (let w = 0; w < workers; w++) squaredNorm += memory.squaredNorms[w];
    const norm = Math.sqrt(squaredNorm);
    if (!Number.isFinite(norm)) return false;
    const limit = setup.clipNorm;
    // The 1e-6 is that of torch.nn.utils.clip_grad_norm_.
    const clip = limit === null ? 1 : Math.min(1, limit / (norm + 1e-6));
    adamSlice(kernels, memory, setup, sliceFirst, sliceCount, clip, update + 1, plan.learningRate);
    memory.lossSums[worker] += local.loss[0];
    if (worker === 0) {
      updateRunningStatistics(program.state, memory.state, memory.statistics);
      memory.normSum[0] += norm;
      Atomics.store(control, Control.STEP, index + 1);
      Atomics.store(control, Control.PAUSE, Atomics.load(control, Control.PAUSE_REQUESTED));
    }
    barrier.wait();
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
