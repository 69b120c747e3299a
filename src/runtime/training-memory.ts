import type { WasmMemory } from '../util/index.js';
import { createSharedMemory, LANES } from './kernels/kernels.js';
import { STEP_PHASES } from './workers/stopwatch.js';

/** Indices into `TrainingMemory.control`. */
export const Control = { ARRIVED: 0, ROUND: 1, STEP: 2, PAUSE_REQUESTED: 3, PAUSE: 4 } as const;

/** What a training shares, in floats. */
export interface MemorySizes {
  readonly paramCount: number;
  readonly stateCount: number;
  /** Arrays as long as the parameters that the optimiser keeps from step to step: its moments or velocities. */
  readonly optimiserArrays: number;
  /** Each worker's own, to make a batch and its random inputs in. */
  readonly scratchCount: number;
}

/** Where everything the workers share lies; a pure function of the sizes and the number of workers. Bytes. */
export interface TrainingLayout {
  readonly paddedCount: number;
  /** Floats of one worker's slice of the parameters; the last slices may be shorter or empty. */
  readonly sliceCount: number;
  readonly params: number;
  readonly optimiser: readonly number[];
  readonly meanGradient: number;
  readonly gradients: number;
  readonly gradientStride: number;
  readonly state: number;
  readonly statistics: number;
  readonly statisticsStride: number;
  readonly scratch: number;
  readonly scratchStride: number;
  readonly squaredNorms: number;
  readonly lossSums: number;
  readonly normSum: number;
  readonly phaseSeconds: number;
  readonly phaseStride: number;
  readonly control: number;
  readonly bytes: number;
}

const roundUp = (value: number, unit: number) => Math.ceil(value / unit) * unit;

export function layoutTraining(sizes: MemorySizes, workers: number): TrainingLayout {
  let end = 4_096;
  const take = (bytes: number) => {
    const offset = end;
    end = roundUp(end + bytes, 64);
    return offset;
  };
  const paddedCount = roundUp(sizes.paramCount, LANES);
  const gradientStride = paddedCount * 4;
  const statisticsStride = roundUp(sizes.stateCount, LANES) * 4;
  const phaseStride = roundUp(STEP_PHASES.length * 8, 64);
  const scratchStride = roundUp(Math.max(1, sizes.scratchCount), LANES) * 4;
  return {
    paddedCount,
    sliceCount: roundUp(Math.ceil(paddedCount / workers), LANES),
    params: take(paddedCount * 4),
    optimiser: Array.from({ length: sizes.optimiserArrays }, () => take(paddedCount * 4)),
    meanGradient: take(paddedCount * 4),
    gradients: take(gradientStride * workers),
    gradientStride,
    state: take(sizes.stateCount * 4),
    statistics: take(statisticsStride * workers),
    statisticsStride,
    scratch: take(scratchStride * workers),
    scratchStride,
    squaredNorms: take(8 * workers),
    lossSums: take(8 * workers),
    normSum: take(8),
    phaseSeconds: take(phaseStride * workers),
    phaseStride,
    control: take(64),
    bytes: end,
  };
}

type SharedFloats = Float32Array<SharedArrayBuffer>;
type SharedDoubles = Float64Array<SharedArrayBuffer>;

/** Typed views of the shared memory. */
export interface TrainingMemory {
  readonly memory: WasmMemory;
  readonly layout: TrainingLayout;
  readonly params: SharedFloats;
  readonly optimiser: readonly SharedFloats[];
  readonly gradients: readonly SharedFloats[];
  /** Running statistics of batch norm. */
  readonly state: SharedFloats;
  readonly statistics: readonly SharedFloats[];
  readonly scratch: readonly SharedFloats[];
  readonly squaredNorms: SharedDoubles;
  /** Each worker's sum of batch losses since the epoch began. */
  readonly lossSums: SharedDoubles;
  /** Sum of global gradient norms since the epoch began. */
  readonly normSum: SharedDoubles;
  /** Each worker's seconds in each of `STEP_PHASES`; shown, never part of a result. */
  readonly phaseSeconds: readonly SharedDoubles[];
  readonly control: Int32Array<SharedArrayBuffer>;
}

export function viewTraining(memory: WasmMemory, sizes: MemorySizes, workers: number): TrainingMemory {
  const layout = layoutTraining(sizes, workers);
  const floats = (offset: number, count: number) => new Float32Array(memory.buffer, offset, count);
  const doubles = (offset: number, count: number) => new Float64Array(memory.buffer, offset, count);
  const perWorker = (offset: number, stride: number, count: number) =>
    Array.from({ length: workers }, (_, worker) => floats(offset + worker * stride, count));
  return {
    memory,
    layout,
    params: floats(layout.params, sizes.paramCount),
    optimiser: layout.optimiser.map((offset) => floats(offset, sizes.paramCount)),
    gradients: perWorker(layout.gradients, layout.gradientStride, sizes.paramCount),
    state: floats(layout.state, sizes.stateCount),
    statistics: perWorker(layout.statistics, layout.statisticsStride, sizes.stateCount),
    scratch: perWorker(layout.scratch, layout.scratchStride, layout.scratchStride / 4),
    squaredNorms: doubles(layout.squaredNorms, workers),
    lossSums: doubles(layout.lossSums, workers),
    normSum: doubles(layout.normSum, 1),
    phaseSeconds: Array.from({ length: workers }, (_, worker) =>
      doubles(layout.phaseSeconds + worker * layout.phaseStride, STEP_PHASES.length),
    ),
    control: new Int32Array(memory.buffer, layout.control, 16),
  };
}

export function createTrainingMemory(sizes: MemorySizes, workers: number): TrainingMemory {
  return viewTraining(createSharedMemory(layoutTraining(sizes, workers).bytes), sizes, workers);
}
