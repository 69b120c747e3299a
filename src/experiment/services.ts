import { type ProgressSink, systemClock } from '../util/index.js';

/** What long work is given from outside: where to tell its progress, and how it is told to stop. */
export interface Services {
  readonly progress: ProgressSink;
  readonly signal?: AbortSignal;
  /** One line the user should see, such as a provider that is not available; the same line may come more than once. */
  readonly onNote?: (line: string) => void;
}

/** Progress whose tasks say what they belong to. */
export const titled = ({ start }: ProgressSink, of: string): ProgressSink => ({
  start: (title, total, unit) => start(`${of} · ${title}`, total, unit),
});

/** Resident memory of this process at its highest so far. */
export function peakMemoryBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}

/** Wall time of the steps of a piece of work, in the order they were done. */
export interface StepTimes {
  readonly steps: readonly { readonly step: string; readonly seconds: number }[];
  time<T>(step: string, work: () => T | Promise<T>): Promise<T>;
}

type StepTime = StepTimes['steps'][number];

function add(steps: { step: string; seconds: number }[], { step, seconds }: StepTime): void {
  const known = steps.find((one) => one.step === step);
  if (known) known.seconds += seconds;
  else steps.push({ step, seconds });
}

/** Times of a run's earlier parts and of this one, step by step. */
export function addTimes(earlier: readonly StepTime[], now: readonly StepTime[]): StepTime[] {
  const sum: { step: string; seconds: number }[] = [];
  for (const time of [...earlier, ...now]) add(sum, time);
  return sum;
}

/** Lets signals and timers have their turn in the middle of long synchronous work. @throws what the signal was aborted with */
export async function breathe(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resume) => setImmediate(resume));
  signal?.throwIfAborted();
}

export function createStepTimes(): StepTimes {
  const steps: { step: string; seconds: number }[] = [];
  return {
    steps,
    async time(step, work) {
      const began = systemClock.seconds();
      try {
        return await work();
      } finally {
        add(steps, { step, seconds: systemClock.seconds() - began });
      }
    },
  };
}
