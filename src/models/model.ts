import type { Scope } from '../nn/index.js';
import type { Tensor } from '../tensor/index.js';
import { CandlenetError } from '../util/index.js';

/** An architecture with its sizes chosen: a function from samples [batch, window, features] to logits [batch, classes]. */
export interface Model {
  readonly name: string;
  readonly build: (scope: Scope, x: Tensor, classes: number) => Tensor;
}

export type OptionValue = number | string | boolean;
export type ModelOptions = Readonly<Record<string, OptionValue>>;

/** Options as they may be chosen: TypeScript takes a default of `true` for the type `true`. */
type Chosen<Options extends ModelOptions> = {
  readonly [K in keyof Options]: Options[K] extends boolean ? boolean : Options[K];
};

/** An architecture, its options and their defaults. */
export interface Architecture<Options extends ModelOptions> {
  readonly name: string;
  /** By name; `name` itself is not one. */
  readonly defaults: Options;
  /** What an option's value must satisfy beyond having the type of its default; null or words, the option first. */
  readonly check?: (options: Chosen<Options>) => string | null;
  readonly build: (scope: Scope, x: Tensor, classes: number, options: Chosen<Options>) => Tensor;
}

type AnyArchitecture = Architecture<Record<string, OptionValue>>;

const registry = new Map<string, AnyArchitecture>();

/**
 * Registers an architecture under its name and gives the function that chooses its options. Throws `ARGUMENT_INVALID` if
 * the name is taken, or an option is called `name`, which in a configuration is the model's.
 */
export function defineModel<Options extends ModelOptions>(
  architecture: Architecture<Options>,
): (options?: Partial<Chosen<Options>>) => Model {
  if (registry.has(architecture.name)) {
    throw new CandlenetError(
      'ARGUMENT_INVALID',
      `model "${architecture.name}" is defined already; choose another name`,
    );
  }
  if (Object.hasOwn(architecture.defaults, 'name')) {
    const message = `model "${architecture.name}": an option is called "name"; choose another name`;
    throw new CandlenetError('ARGUMENT_INVALID', message);
  }
  registry.set(architecture.name, architecture as unknown as AnyArchitecture);
  return (options = {}) => modelByName(architecture.name, options as ModelOptions);
}

export const modelNames = (): string[] => [...registry.keys()].sort();

function architectureOf(name: string): AnyArchitecture {
  const architecture = registry.get(name);
  if (architecture) return architecture;
  const known = modelNames().join(', ');
  throw new CandlenetError('CONFIG_INVALID', `model "${name}" is unknown; expected one of ${known}`);
}

/** The options of a registered model and their defaults. Throws `CONFIG_INVALID` for an unknown model. */
export const modelDefaults = (name: string): ModelOptions => architectureOf(name).defaults;

/**
 * The registered model with the given options over its defaults. Throws `CONFIG_INVALID` for an unknown model or a bad
 * value, `CONFIG_UNKNOWN_KEY` for an unknown option.
 */
export function modelByName(name: string, options: ModelOptions = {}): Model {
  const architecture = architectureOf(name);
  const { defaults, build } = architecture;
  for (const [key, value] of Object.entries(options)) {
    if (!Object.hasOwn(defaults, key)) {
      const known = Object.keys(defaults).join(', ');
      throw new CandlenetError(
        'CONFIG_UNKNOWN_KEY',
        `model ${name}: unknown option "${key}"; expected one of ${known}`,
      );
    }
    if (typeof value !== typeof defaults[key]) {
      const found = JSON.stringify(value);
      throw new CandlenetError(
        'CONFIG_INVALID',
        `model ${name}: ${key} is ${found}; expected a ${typeof defaults[key]}`,
      );
    }
  }
  const chosen = { ...defaults, ...options };
  const problem = architecture.check?.(chosen);
  if (problem) throw new CandlenetError('CONFIG_INVALID', `model ${name}: ${problem}`);
  return { name, build: (scope, x, classes) => build(scope, x, classes, chosen) };
}
