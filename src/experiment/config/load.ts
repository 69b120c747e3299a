import { dirname, isAbsolute, resolve } from 'node:path';
import { type Document, isMap, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { CandlenetError, nearest, readInputFile } from '../../util/index.js';
import { overPreset } from './base-preset.js';
import { knownOptions } from './model-section.js';
import { configSchema, type ExperimentConfig } from './schema.js';
import { knownKeysAt } from './schema-keys.js';

/** Settings that the command line lays over the file. */
export interface ConfigOverrides {
  readonly store?: string;
  /** Beside those of the file. */
  readonly preset?: readonly string[];
  readonly workers?: number;
  readonly seed?: number;
  readonly provider?: string;
  readonly trials?: number;
  readonly hours?: number;
}

export interface LoadedConfig {
  readonly config: ExperimentConfig;
  /** Absolute path of the market store. */
  readonly storePath: string;
  readonly path: string;
  /** What was read, where the configuration is a file. */
  readonly source?: ConfigSource;
}

/** A configuration as its user wrote it, for what writes or varies it. */
export interface ConfigSource {
  /** With the command line's settings laid over, without defaults. */
  readonly raw: Readonly<Record<string, unknown>>;
  /** Keeps comments and order. */
  readonly document: Document;
  /** The coded error of a complaint about a variation of the configuration, at the line of the key that varied it. */
  readonly errorIn: (variation: Variation, issues: readonly z.core.$ZodIssue[]) => CandlenetError;
}

interface Variation {
  readonly raw: unknown;
  /** Path of the key in the file that asks for it. */
  readonly by: readonly string[];
}

/**
 * Reads and validates a configuration file.
 * @throws FILE_NOT_FOUND, CONFIG_SYNTAX, CONFIG_UNKNOWN_KEY, CONFIG_INVALID; each names the file, line and key
 */
export function loadConfig(path: string, overrides: ConfigOverrides = {}): LoadedConfig {
  const text = readInputFile(path, 'configuration').toString('utf8');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const syntax = document.errors[0];
  if (syntax) {
    const { line, col } = lines.linePos(syntax.pos[0]);
    throw new CandlenetError('CONFIG_SYNTAX', `${path}:${line}:${col}: not valid YAML: ${firstLine(syntax.message)}`);
  }
  if (!isMap(document.contents)) {
    throw new CandlenetError(
      'CONFIG_INVALID',
      `${path}:1: found no keys, expected a configuration such as \`candlenet init\` writes`,
    );
  }
  const raw = applyOverrides(toPlain(document, path), overrides, path);
  const parsed = configSchema.safeParse(overPreset(raw));
  if (!parsed.success) throw configError(path, document, lines, firstIssue(document, parsed.error.issues));
  const config = withPaths(parsed.data, dirname(resolve(path)));
  const store = config.market.store;
  const base = overrides.store === undefined ? dirname(resolve(path)) : process.cwd();
  const errorIn: ConfigSource['errorIn'] = (variation, issues) =>
    configError(path, document, lines, issues[0], variation);
  return {
    ...{ config, path, storePath: isAbsolute(store) ? store : resolve(base, store) },
    source: { raw, document, errorIn },
  };
}

/** Files that a configuration names, from the folder it lies in. */
export function withPaths(config: ExperimentConfig, folder: string): ExperimentConfig {
  const { classifier } = config.features.news;
  if (classifier === null) return config;
  const [model, vocabulary] = [classifier.model, classifier.vocabulary].map((file) => resolve(folder, file));
  return { ...config, features: { ...config.features, news: { classifier: { ...classifier, model, vocabulary } } } };
}

/** Validates a configuration that never was a file, such as the demo's. */
export function parseConfig(raw: unknown, what: string): ExperimentConfig {
  const isPlain = typeof raw === 'object' && raw !== null;
  const parsed = configSchema.safeParse(isPlain ? overPreset(raw as Record<string, unknown>) : raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new CandlenetError('CONFIG_INVALID', `${what}: ${issue.path.join('.')}: ${issue.message}`);
}

/** @throws CONFIG_SYNTAX for what parses and yet means nothing, such as an alias without an anchor */
function toPlain(document: Document, path: string): Record<string, unknown> {
  try {
    return document.toJS() as Record<string, unknown>;
  } catch (error) {
    const reason = error instanceof Error ? firstLine(error.message) : String(error);
    throw new CandlenetError('CONFIG_SYNTAX', `${path}: not valid YAML: ${reason}`, { cause: error });
  }
}

function applyOverrides(
  raw: Record<string, unknown>,
  overrides: ConfigOverrides,
  path: string,
): Record<string, unknown> {
  const merged = structuredClone(raw);
  const section = (name: string) => {
    const value = merged[name];
    if (value === undefined || value === null) merged[name] = {};
    else if (typeof value !== 'object' || Array.isArray(value)) {
      throw new CandlenetError(
        'CONFIG_INVALID',
        `${path}: ${name}: found ${JSON.stringify(value)}; expected keys and values`,
      );
    }
    return merged[name] as Record<string, unknown>;
  };
  if (overrides.store !== undefined) section('market').store = overrides.store;
  if (overrides.preset !== undefined && overrides.preset.length > 0) {
    merged.preset = [merged.preset, ...overrides.preset].flat().filter(Boolean);
  }
  if (overrides.workers !== undefined) section('training').workers = overrides.workers;
  if (overrides.seed !== undefined) section('training').seed = overrides.seed;
  if (overrides.provider !== undefined) section('training').provider = overrides.provider;
  if (overrides.trials !== undefined) section('tune').trials = overrides.trials;
  if (overrides.hours !== undefined) section('tune').hours = overrides.hours;
  return merged;
}

type Issue = z.core.$ZodIssue;

/** The first, unless that is a key that is missing because it is written wrongly beside. */
function firstIssue(document: Document, issues: readonly Issue[]): Issue {
  const [first] = issues;
  if (first.code === 'unrecognized_keys' || document.hasIn(first.path)) return first;
  const place = JSON.stringify(first.path.slice(0, -1));
  const isBeside = (issue: Issue) => issue.code === 'unrecognized_keys' && JSON.stringify(issue.path) === place;
  return issues.find(isBeside) ?? first;
}

function configError(
  path: string,
  document: Document,
  lines: LineCounter,
  issue: Issue,
  variation?: Variation,
): CandlenetError {
  const keys = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const unknown = issue.keys[0];
    const full = [...keys, unknown].join('.');
    const known = knownOptions(issue) ?? knownKeysAt(configSchema, keys);
    const guess = nearest(unknown, known);
    const hint =
      guess === null ? `expected one of ${known.join(', ')}` : `did you mean "${guess}"? Known: ${known.join(', ')}`;
    return new CandlenetError(
      'CONFIG_UNKNOWN_KEY',
      `${path}:${lineOf(document, lines, variation?.by ?? [...issue.path, unknown])}: unknown key "${full}"; ${hint}`,
    );
  }
  if (issue.code === 'custom' && issue.params?.error instanceof CandlenetError) {
    const { code, message } = issue.params.error;
    return new CandlenetError(code, `${path}:${lineOf(document, lines, variation?.by ?? issue.path)}: ${message}`);
  }
  const value = variation ? valueIn(variation.raw, issue.path) : document.getIn(issue.path, false);
  const used = issue.code === 'custom' ? issue.params?.used : undefined;
  const standard = used === undefined ? 'nothing' : `${JSON.stringify(used)}, the default`;
  const found = value === undefined ? standard : JSON.stringify(isNode(value) ? value.toJSON() : value);
  const key = keys.join('.') || 'configuration';
  const expected = expectedBy(issue);
  return new CandlenetError(
    'CONFIG_INVALID',
    `${path}:${lineOf(document, lines, variation?.by ?? issue.path)}: ${key}: found ${found}; ${expected}`,
  );
}

/** What a value should have been; of a choice of sections, the names that `kind` may have. */
function expectedBy(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_union' && 'options' in issue && Array.isArray(issue.options)) {
    const names = issue.options.filter((name) => typeof name === 'string').map((name) => JSON.stringify(name));
    return `expected ${names.join(', ').replace(/, (?=[^,]*$)/, ' or ')}`;
  }
  return issue.message.replace(/^Invalid (input|option): /, '');
}

const valueIn = (raw: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[key], raw);

/** Line of a key, or of the nearest parent that the file has. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const name = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find((item) => String(item.key) === String(name));
      if (pair && isNode(pair.key) && pair.key.range) return lines.linePos(pair.key.range[0]).line;
    }
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

const firstLine = (text: string) => text.split('\n')[0];
