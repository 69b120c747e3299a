import type { TrainingProgram } from '../onnx/index.js';
import { createSharedMemory, LANES } from './kernels/kernels.js';
import type { WasmMemory } from './kernels/web-assembly.js';

/** Indices into `TrainingMemory.control`. */
export const Control = { ARRIVED: 0, ROUND: 1, STEP: 2, PAUSE_REQUESTED: 3, PAUSE: 4 } as const;

/** Each worker's own scratch for random inputs, in floats of one input. */
type Sizes = Pick<TrainingProgram, 'paramCount' | 'stateCount' | 'inputs'>;

/** Where everything the workers share lies; a pure function of the program and the number of workers. Bytes. */
export interface TrainingLayout {
  readonly paddedCount: number;
  /** Floats of one worker's slice of the parameters; the last slices may be shorter or empty. */
  readonly sliceCount: number;
  readonly params: number;
  readonly firstMoment: number;
  readonly secondMoment: number;
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
  readonly control: number;
  readonly bytes: number;
}

const roundUp = (value: number, unit: number) => Math.ceil(value / unit) * unit;

export function layoutTraining(program: Sizes, workers: number): TrainingLayout {
  let end = 4_096;
  const take = (bytes: number) => {
    const offset = end;
    end = roundUp(end + bytes, 64);
    return offset;
  };
  const paddedCount = roundUp(program.paramCount, LANES);
  const scratchCount = Math.max(
    LANES,
    ...program.inputs.random.map((input) =>
      roundUp(
        input.shape.reduce((a, b) => a * b, 1),
        LANES,
      ),
    ),
  );
  const gradientStride = paddedCount * 4;
  const statisticsStride = roundUp(program.stateCount, LANES) * 4;
  const scratchStride = scratchCount * 4;
  return {
    paddedCount,
    sliceCount: roundUp(Math.ceil(paddedCount / workers), LANES),
    params: take(paddedCount * 4),
    firstMoment: take(paddedCount * 4),
    secondMoment: take(paddedCount * 4),
    meanGradient: take(paddedCount * 4),
    gradients: take(gradientStride * workers),
    gradientStride,
    state: take(program.stateCount * 4),
    statistics: take(statisticsStride * workers),
    statisticsStride,
    scratch: take(scratchStride * workers),
    scratchStride,
    squaredNorms: take(8 * workers),
    lossSums: take(8 * workers),
    normSum: take(8),
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
  readonly firstMoment: SharedFloats;
  readonly secondMoment: SharedFloats;
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
  readonly control: Int32Array<SharedArrayBuffer>;
}

export function viewTraining(memory: WasmMemory, program: Sizes, workers: number): TrainingMemory {
  const layout = layoutTraining(program, workers);
  const floats = (offset: number, count: number) => new Float32Array(memory.buffer, offset, count);
  const doubles = (offset: number, count: number) => new Float64Array(memory.buffer, offset, count);
  const perWorker = (offset: number, stride: number, count: number) =>
    Array.from({ length: workers }, (_, worker) => floats(offset + worker * stride, count));
  return {
    memory,
    layout,
    params: floats(layout.params, program.paramCount),
    firstMoment: floats(layout.firstMoment, program.paramCount),
    secondMoment: floats(layout.secondMoment, program.paramCount),
    gradients: perWorker(layout.gradients, layout.gradientStride, program.paramCount),
    state: floats(layout.state, program.stateCount),
    statistics: perWorker(layout.statistics, layout.statisticsStride, program.stateCount),
    scratch: perWorker(layout.scratch, layout.scratchStride, layout.scratchStride / 4),
    squaredNorms: doubles(layout.squaredNorms, workers),
    lossSums: doubles(layout.lossSums, workers),
    normSum: doubles(layout.normSum, 1),
    control: new Int32Array(memory.buffer, layout.control, 16),
  };
}

export function createTrainingMemory(program: Sizes, workers: number): TrainingMemory {
  return viewTraining(createSharedMemory(layoutTraining(program, workers).bytes), program, workers);
}
