import { formatCount } from '../util/index.js';
import type { ExperimentPlan } from './plan.js';

export function roughDuration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}

function labelled({ classShares, target }: ExperimentPlan['splits'][number]): string {
  if (target !== null) return `label ${target.mean.toFixed(4)} ± ${target.deviation.toFixed(4)}`;
  if (classShares === null) return 'labels unopened';
  return Object.entries(classShares)
    .map(([name, share]) => `${name} ${(100 * share).toFixed(1)} %`)
    .join(', ');
}

/** The parts that matter, largest first: those of a hundredth of the least or of the most, and more. */
function partsOf({ estimate: { parts, seconds } }: ExperimentPlan): string[] {
  return parts
    .filter((part) => part.seconds.some((of, k) => of >= 0.01 * seconds[k]))
    .sort((a, b) => b.seconds[1] - a.seconds[1])
    .map(({ name, seconds: [least, most] }) => {
      const [from, to] = [roughDuration(least), roughDuration(most)];
      return `${name}: ${from === to ? to : `${from} to ${to}`}`;
    });
}

/** A plan for a person: what goes in, how many samples, and how long it will take here. */
export function renderPlan(plan: ExperimentPlan): string {
  const { estimate, training } = plan;
  const width = Math.max(...plan.splits.map(({ samples }) => formatCount(samples).length));
  const splits = plan.splits.map((split) => {
    const { name, from, to, sessions, purgedSessions, samples } = split;
    const purged = purgedSessions > 0 ? `, ${purgedSessions} purged` : '';
    return `    ${name.padEnd(8)}  ${from} … ${to}  ${formatCount(samples).padStart(width)} samples  ${sessions} sessions${purged}; ${labelled(split)}`;
  });
  const rows: [string, string][] = [
    ['store', `${plan.store.title}, content ${plan.store.contentHash.slice(0, 16)}`],
    ['universe', plan.universe],
    ['features', `${plan.features.count} over windows of ${plan.window} sessions`],
    ...plan.leftOut.map(({ name, reason }): [string, string] => ['left out', `${name}: ${reason}`]),
    ...(plan.folds === 1 ? [] : [['folds', `${plan.folds}, the first of which is above`] as [string, string]]),
    ['model', `${plan.model.name}, ${formatCount(plan.model.parameters)} parameters`],
    [
      'training',
      `${formatCount(training.samplesPerEpoch)} samples an epoch, at most ${training.maxEpochs} epochs, patience ${training.patience}`,
    ],
    ...plan.reductions.map(({ key, from, to }): [string, string] => ['quick', `${key}: ${to} instead of ${from}`]),
    ['speed', `${formatCount(estimate.trainingSamplesPerSecond)} training samples a second here`],
    [
      'time',
      `${roughDuration(estimate.secondsPerEpoch)} an epoch; ${roughDuration(estimate.seconds[0])} if no epoch after the first is better, ${roughDuration(estimate.seconds[1])} at most`,
    ],
    ...partsOf(plan).map((line): [string, string] => ['of which', line]),
    ['memory', `about ${(estimate.peakMemoryBytes / 2 ** 30).toFixed(1)} GiB at the peak`],
  ];
  const label = Math.max(...rows.map(([name]) => name.length));
  return [
    '',
    `  Plan of ${plan.name}; nothing has been run.`,
    '',
    ...rows.slice(0, 3).map(([name, value]) => `  ${name.padEnd(label)}  ${value}`),
    `  ${'samples'.padEnd(label)}`,
    ...splits,
    ...rows.slice(3).map(([name, value]) => `  ${name.padEnd(label)}  ${value}`),
    '',
  ].join('\n');
}
