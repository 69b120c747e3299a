import { join } from 'node:path';
import { openMarketStore, SYNTHETIC_INDEX, type SyntheticKind } from '../market/index.js';
import { formatDay } from '../util/index.js';
import { parseConfig } from './config/load.js';
import type { ExperimentConfig, ExperimentInput } from './config/schema.js';
import { type RunOutcome, runExperiment } from './run-experiment.js';
import type { Services } from './services.js';
import { synthesiseStore } from './stores/make-stores.js';

export interface DemoOptions {
  /** The market goes to `<out>/demo-market`, the run folder below `<out>`. */
  readonly out: string;
  readonly kind: SyntheticKind;
  readonly seed: number;
  /** A smaller market and fewer epochs. */
  readonly quick: boolean;
}

interface DemoSize {
  readonly symbols: number;
  readonly days: number;
  readonly maxEpochs: number;
  readonly patience: number;
}

const FULL: DemoSize = { symbols: 150, days: 1500, maxEpochs: 5, patience: 2 };
const QUICK: DemoSize = { symbols: 40, days: 900, maxEpochs: 3, patience: 3 };

/** Sixty, fifteen and twenty-five per cent of the sessions train, validate and test. */
const CUTS = [0.6, 0.75] as const;

/** The whole path on a synthetic market: generates it, then runs an experiment on it as `candlenet run` would. */
export async function runDemo(options: DemoOptions, services: Services): Promise<RunOutcome> {
  const size = options.quick ? QUICK : FULL;
  const storePath = join(options.out, 'demo-market');
  const { kind, seed } = options;
  await synthesiseStore(storePath, { kind, seed, symbols: size.symbols, days: size.days }, services);
  const store = await openMarketStore(storePath);
  const calendar = await store.readCalendar({ asOf: store.lastDay });
  const config = demoConfig(options, size, calendar);
  return runExperiment({ config, storePath, path: 'demo' }, { ...services, runsFolder: options.out });
}

function demoConfig(options: DemoOptions, size: DemoSize, calendar: Int32Array): ExperimentConfig {
  const cut = CUTS.map((share) => Math.floor(share * calendar.length));
  const period = (from: number, to: number): [string, string] => [
    formatDay(calendar[from]),
    formatDay(calendar[to - 1]),
  ];
  const input: ExperimentInput = {
    name: `demo-${options.kind}`,
    market: { store: 'demo-market', index: SYNTHETIC_INDEX },
    split: { train: period(0, cut[0]), validate: period(cut[0], cut[1]), test: period(cut[1], calendar.length) },
    training: {
      seed: options.seed,
      maxEpochs: size.maxEpochs,
      patience: size.patience,
      schedule: { kind: 'step', everyEpochs: 1, factor: 0.5 },
    },
    portfolio: { k: Math.max(5, Math.round(size.symbols / 8)) },
    backtest: { capital: 10_000_000 },
  };
  return parseConfig(input, 'demo');
}
