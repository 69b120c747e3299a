import { join } from 'node:path';
import type { ExplainedSample, ExplanationReport as Explanation, SensitivityReport } from '../../report/index.js';
import { hashTable, type Table, type TableSchema, writeParquet } from '../../tables/index.js';
import { makeFolders } from '../../util/index.js';
import type { ArtefactHashes } from '../pipeline/artefacts.js';

/** How much worse each measure gets, mean and deviation over the repeats: drops for rank IC and accuracy, a rise for log loss. */
const IMPORTANCE_SCHEMA = {
  kind: 'string',
  name: 'string',
  dealt: 'string',
  rank_ic_drop: 'float64',
  rank_ic_sd: 'float64',
  accuracy_drop: 'float64',
  accuracy_sd: 'float64',
  log_loss_rise: 'float64',
  log_loss_sd: 'float64',
} as const satisfies TableSchema;

/** `lag` is how many sessions before the forecast's: 0 is its own day. */
const GRADIENTS_SCHEMA = {
  feature: 'string',
  group: 'string',
  lag: 'int32',
  mean_absolute: 'float64',
  slope: 'float64',
} as const satisfies TableSchema;

const EXAMPLES_SCHEMA = {
  symbol: 'string',
  date: 'day',
  feature: 'string',
  lag: 'int32',
  value: 'float32',
  attribution: 'float64',
} as const satisfies TableSchema;

/** Steps ascend in time, from 0. */
const ATTENTION_SCHEMA = {
  layer: 'string',
  head: 'int32',
  query_step: 'int32',
  key_step: 'int32',
  weight: 'float64',
} as const satisfies TableSchema;

/** The strategy in question at a flat one-way cost and a rebalancing period; excess returns are NaN without the other side. */
const TRADED_SCHEMA = {
  cost_bps: 'float64',
  rebalance: 'string',
  annualised_return: 'float64',
  excess_over_universe: 'float64',
  excess_over_benchmark: 'float64',
  sharpe: 'float64',
  max_drawdown: 'float64',
  annual_turnover: 'float64',
} as const satisfies TableSchema;

/** Writes the tables of an explanation and of the sensitivity into `explain/` of a run's folder. */
export async function writeExplanation(
  folder: string,
  explanation: Explanation | null,
  sensitivity: SensitivityReport | null,
): Promise<ArtefactHashes> {
  const hashes: ArtefactHashes = {};
  async function write<S extends TableSchema>(name: string, table: Table<S>, schema: S): Promise<void> {
    const path = join('explain', `${name}.parquet`);
    makeFolders(join(folder, 'explain'));
    await writeParquet(join(folder, path), table, schema);
    hashes[path] = hashTable(table, schema);
  }
  if (sensitivity !== null) await write('costs-and-rebalancing', tradedTable(sensitivity.traded), TRADED_SCHEMA);
  if (explanation === null) return hashes;
  const { permutation, gradients, attention } = explanation;
  if (permutation !== null) await write('permutation-importance', importanceTable(permutation), IMPORTANCE_SCHEMA);
  if (gradients !== null) {
    await write('integrated-gradients', gradientsTable(explanation, gradients), GRADIENTS_SCHEMA);
    await write('integrated-gradients-examples', examplesTable(explanation, gradients.examples), EXAMPLES_SCHEMA);
  }
  if (attention !== null && attention.length > 0) await write('attention', attentionTable(attention), ATTENTION_SCHEMA);
  return hashes;
}

function tradedTable(points: SensitivityReport['traded']): Table<typeof TRADED_SCHEMA> {
  const numbers = (of: (point: (typeof points)[number]) => number | null) =>
    Float64Array.from(points, (point) => of(point) ?? Number.NaN);
  return {
    length: points.length,
    columns: {
      cost_bps: numbers(({ costBps }) => costBps),
      rebalance: points.map(({ rebalance }) => String(rebalance)),
      annualised_return: numbers(({ annualisedReturn }) => annualisedReturn),
      excess_over_universe: numbers(({ excessOverUniverse }) => excessOverUniverse),
      excess_over_benchmark: numbers(({ excessOverBenchmark }) => excessOverBenchmark),
      sharpe: numbers(({ sharpe }) => sharpe),
      max_drawdown: numbers(({ maxDrawdown }) => maxDrawdown),
      annual_turnover: numbers(({ annualTurnover }) => annualTurnover),
    },
  };
}

type Present<K extends 'permutation' | 'gradients' | 'attention'> = NonNullable<Explanation[K]>;

function importanceTable({ groups, features }: Present<'permutation'>): Table<typeof IMPORTANCE_SCHEMA> {
  const rows = [
    ...(groups?.parts ?? []).map((part) => ({ kind: 'group', ...part })),
    ...(features?.parts ?? []).map((part) => ({ kind: 'feature', ...part })),
  ];
  const numbers = (of: (row: (typeof rows)[number]) => number) => Float64Array.from(rows, of);
  return {
    length: rows.length,
    columns: {
      kind: rows.map(({ kind }) => kind),
      name: rows.map(({ name }) => name),
      dealt: rows.map(({ dealt }) => dealt),
      rank_ic_drop: numbers(({ change }) => -change.rankIc.mean),
      rank_ic_sd: numbers(({ change }) => change.rankIc.sd),
      accuracy_drop: numbers(({ change }) => -change.accuracy.mean),
      accuracy_sd: numbers(({ change }) => change.accuracy.sd),
      log_loss_rise: numbers(({ change }) => change.logLoss.mean),
      log_loss_sd: numbers(({ change }) => change.logLoss.sd),
    },
  };
}

/** Feature by feature, the day of the forecast first. */
function places({ columns, window }: Explanation) {
  return columns.flatMap(({ name, group }, k) =>
    Array.from({ length: window }, (_, lag) => ({
      feature: name,
      group,
      lag,
      at: (window - 1 - lag) * columns.length + k,
    })),
  );
}

function gradientsTable(explanation: Explanation, { profile }: Present<'gradients'>): Table<typeof GRADIENTS_SCHEMA> {
  const rows = places(explanation);
  return {
    length: rows.length,
    columns: {
      feature: rows.map(({ feature }) => feature),
      group: rows.map(({ group }) => group),
      lag: Int32Array.from(rows, ({ lag }) => lag),
      mean_absolute: Float64Array.from(rows, ({ at }) => profile.meanAbsolute[at]),
      slope: Float64Array.from(rows, ({ at }) => profile.slope[at]),
    },
  };
}

function examplesTable(explanation: Explanation, examples: readonly ExplainedSample[]): Table<typeof EXAMPLES_SCHEMA> {
  const rows = examples.flatMap((sample) => places(explanation).map((place) => ({ ...place, sample })));
  return {
    length: rows.length,
    columns: {
      symbol: rows.map(({ sample }) => sample.symbol),
      date: Int32Array.from(rows, ({ sample }) => sample.date),
      feature: rows.map(({ feature }) => feature),
      lag: Int32Array.from(rows, ({ lag }) => lag),
      value: Float32Array.from(rows, ({ sample, at }) => sample.values[at]),
      attribution: Float64Array.from(rows, ({ sample, at }) => sample.attributions[at]),
    },
  };
}

function attentionTable(maps: Present<'attention'>): Table<typeof ATTENTION_SCHEMA> {
  const rows = maps.flatMap(({ name, steps, mean }) =>
    Array.from(mean, (weight, i) => ({
      layer: name,
      head: Math.floor(i / (steps * steps)),
      query: Math.floor(i / steps) % steps,
      key: i % steps,
      weight,
    })),
  );
  return {
    length: rows.length,
    columns: {
      layer: rows.map(({ layer }) => layer),
      head: Int32Array.from(rows, ({ head }) => head),
      query_step: Int32Array.from(rows, ({ query }) => query),
      key_step: Int32Array.from(rows, ({ key }) => key),
      weight: Float64Array.from(rows, ({ weight }) => weight),
    },
  };
}
