import { dirname, resolve } from 'node:path';
import { checkSpace, type Dimension, type SearchSpace } from '../../training/index.js';
import { CandlenetError, nearest } from '../../util/index.js';
import { overPreset } from '../config/base-preset.js';
import { isNumberLabel } from '../config/label-section.js';
import { type ConfigSource, type LoadedConfig, withPaths } from '../config/load.js';
import { applyPreset } from '../config/presets.js';
import { configSchema, type ExperimentConfig } from '../config/schema.js';
import { knownKeysAt } from '../config/schema-keys.js';
import type { DimensionConfig, TuneConfig } from '../config/tune-section.js';
import { checkNetwork } from '../pipeline/network.js';

/** What a candidate sets, configuration key → value. */
export type Settings = Readonly<Record<string, unknown>>;

/** A search as its configuration describes it. */
export interface SearchSetup {
  readonly tune: TuneConfig;
  readonly space: SearchSpace;
  /** The configuration with these settings, its preset applied. @throws what the configuration's own schema refuses */
  readonly candidate: (settings: Settings) => ExperimentConfig;
}

/** What decides the forecasts. The rest decides how they are judged or traded: to search there is to choose one's own examiner. */
const SEARCHED = ['model', 'training', 'features'];
const NO_HYPERPARAMETERS: Readonly<Record<string, string>> = {
  'training.seed': 'the luckiest seed is no better configuration',
  'training.workers': 'its best value is a matter of the machine',
  'training.provider': 'it changes no result',
  'training.checkpointMinutes': 'it changes no result',
};

/** Values of a dimension that are tried on the schema: all of them up to this many, else the ends. */
const CHECKED_VALUES = 64;
/** Combinations of ends that are tried as well. */
const CHECKED_CORNERS = 256;

/**
 * Reads the `tune` section, and tries its values on the configuration's schema before anything runs.
 * @throws CONFIG_INVALID, CONFIG_UNKNOWN_KEY naming file, line and key
 */
export function searchSetup({ config, path, source }: LoadedConfig): SearchSetup {
  const { tune } = config;
  if (tune === null || source === undefined) {
    throw new CandlenetError(
      'CONFIG_INVALID',
      `${path}: tune: found nothing, expected what to search, such as { space: { training.learningRate: { log: [1.0e-4, 1.0e-2] } } }`,
    );
  }
  if (isNumberLabel(config.label) && tune.metric !== 'rank-ic') {
    const expected = `rank-ic: a label of kind "${config.label.kind}" is a number and has no classes`;
    throw new CandlenetError('CONFIG_INVALID', `${path}: tune.metric: found "${tune.metric}", expected ${expected}`);
  }
  for (const key of Object.keys(tune.space)) checkKey(key, source);
  const space = Object.entries(tune.space).map(([key, values]) => dimensionOf(key, values));
  checkSpace(space);
  const build = (settings: Settings, by: string) => candidateOf(source, path, settings, by);
  for (const dimension of space) {
    for (const value of valuesToCheck(dimension)) build({ [dimension.name]: value }, dimension.name);
  }
  for (const corner of cornersOf(space)) build(corner, space[space.length - 1].name);
  return { tune, space, candidate: (settings) => build(settings, Object.keys(settings)[0]) };
}

function dimensionOf(name: string, config: DimensionConfig): Dimension {
  if ('choice' in config) return { kind: 'choice', name, values: config.choice };
  if ('int' in config) {
    const [low, high] = config.int;
    return { kind: 'int', name, low, high, step: config.step, log: config.log };
  }
  const [low, high] = 'log' in config ? config.log : config.float;
  return { kind: 'float', name, low, high, log: 'log' in config, points: config.points };
}

/** @throws CONFIG_UNKNOWN_KEY for no section of a configuration; CONFIG_INVALID for one that is not searched */
function checkKey(key: string, source: ConfigSource): void {
  const [section] = key.split('.');
  const why = NO_HYPERPARAMETERS[key];
  if (SEARCHED.includes(section) && key.includes('.') && why === undefined) return;
  const by = ['tune', 'space', key];
  const sections = knownKeysAt(configSchema, []);
  if (!sections.includes(section)) {
    const guess = nearest(section, SEARCHED);
    const known = guess === null ? SEARCHED : [guess];
    throw source.errorIn({ raw: {}, by }, [
      { code: 'unrecognized_keys', keys: [section], path: [], message: '', input: {}, ...{ known } },
    ]);
  }
  const message = why ?? `expected a key of ${SEARCHED.join(', ')}: what decides the forecasts`;
  const error = new CandlenetError('CONFIG_INVALID', `tune.space: found ${key}; ${message}`);
  throw source.errorIn({ raw: {}, by }, [{ code: 'custom', path: [], message, input: {}, params: { error } }]);
}

function valuesToCheck(dimension: Dimension): readonly unknown[] {
  if (dimension.kind === 'choice') return dimension.values;
  if (dimension.kind === 'float') return [dimension.low, dimension.high];
  const { low, high, step } = dimension;
  const count = Math.floor((high - low) / step) + 1;
  const all = Array.from({ length: Math.min(count, CHECKED_VALUES) }, (_, i) => low + i * step);
  return count > CHECKED_VALUES ? [low, low + (count - 1) * step] : all;
}

/** Every combination of the first and last values: what may be refused together though not alone. */
function cornersOf(space: SearchSpace): Settings[] {
  const ends = space.map((dimension) => {
    const values = valuesToCheck(dimension);
    return [...new Set([values[0], values[values.length - 1]])];
  });
  const total = Math.min(
    CHECKED_CORNERS,
    ends.reduce((product, { length }) => product * length, 1),
  );
  return Array.from({ length: total }, (_, i) => {
    let rest = i;
    return Object.fromEntries(
      space.map(({ name }, d) => {
        const value = ends[d][rest % ends[d].length];
        rest = Math.floor(rest / ends[d].length);
        return [name, value];
      }),
    );
  });
}

function candidateOf(source: ConfigSource, path: string, settings: Settings, by: string): ExperimentConfig {
  const written = structuredClone(source.raw) as Record<string, unknown>;
  for (const [key, value] of Object.entries(settings)) setIn(written, key.split('.'), value);
  const raw = overPreset(written);
  const parsed = configSchema.safeParse(raw);
  const variation = { raw, by: ['tune', 'space', by] };
  if (!parsed.success) throw source.errorIn(variation, parsed.error.issues);
  const { config } = applyPreset(withPaths(parsed.data, dirname(resolve(path))));
  try {
    checkNetwork(config);
  } catch (error) {
    if (!(error instanceof CandlenetError)) throw error;
    throw source.errorIn(variation, [
      { code: 'custom', path: [], message: error.message, input: raw, params: { error } },
    ]);
  }
  return config;
}

function setIn(raw: Record<string, unknown>, keys: readonly string[], value: unknown): void {
  const [key, ...rest] = keys;
  if (rest.length === 0) {
    raw[key] = value;
    return;
  }
  const inner = raw[key];
  const isSection = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
  if (!isSection) raw[key] = {};
  setIn(raw[key] as Record<string, unknown>, rest, value);
}
