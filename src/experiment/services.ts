import { type ProgressSink, systemClock } from '../util/index.js';

/** What long work is given from outside: where to tell its progress, and how it is told to stop. */
export interface Services {
  readonly progress: ProgressSink;
  readonly signal?: AbortSignal;
}

/** Resident memory of this process at its highest so far. */
export function peakMemoryBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}

/** Wall time of the steps of a piece of work, in the order they were done. */
export interface StepTimes {
  readonly steps: readonly { readonly step: string; readonly seconds: number }[];
  time<T>(step: string, work: () => T | Promise<T>): Promise<T>;
}

export function createStepTimes(): StepTimes {
  const steps: { step: string; seconds: number }[] = [];
  return {
    steps,
    async time(step, work) {
      const began = systemClock.seconds();
      const result = await work();
      const seconds = systemClock.seconds() - began;
      const known = steps.find((one) => one.step === step);
      if (known) known.seconds += seconds;
      else steps.push({ step, seconds });
      return result;
    },
  };
}
