import { systemClock } from '../../util/index.js';

/** Where a training step's time goes: see `StepPhase`. */
export const STEP_PHASES = ['batch', 'compute', 'publish', 'wait', 'reduce', 'optimise'] as const;

/**
 * `batch`: windows and random inputs gathered, parameters copied in. `compute`: forward and backward in ONNX Runtime.
 * `publish`: gradients copied to shared memory. `wait`: for the other workers. `reduce`: gradients averaged. `optimise`:
 * the parameters changed.
 */
export type StepPhase = (typeof STEP_PHASES)[number];

/** Adds the seconds since the last lap to those of a phase. */
export interface Stopwatch {
  start(): void;
  lap(phase: StepPhase): void;
}

/** @param seconds one sum for each of `STEP_PHASES`, of this worker */
export function createStopwatch(seconds: Float64Array): Stopwatch {
  let last = 0;
  return {
    start() {
      last = systemClock.seconds();
    },
    lap(phase) {
      const now = systemClock.seconds();
      seconds[STEP_PHASES.indexOf(phase)] += now - last;
      last = now;
    },
  };
}
