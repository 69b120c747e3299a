import { z } from 'zod';
import { type ModelOptions, modelByName, modelDefaults, modelNames, type OptionValue } from '../../models/index.js';
import { CandlenetError } from '../../util/index.js';

type Pair = readonly [OptionValue, OptionValue];

/**
 * A registered model and its options, every default filled in. Two options `filters1` and `filters2` are written as one,
 * `filters: [first, second]`.
 */
export interface ModelConfig {
  readonly name: string;
  readonly [option: string]: OptionValue | Pair;
}

const isSplit = (defaults: ModelOptions): boolean => 'filters1' in defaults && 'filters2' in defaults;

/** A model's options as a configuration has them. */
function asWritten(options: ModelOptions): Record<string, OptionValue | Pair> {
  if (!isSplit(options)) return { ...options };
  const { filters1, filters2, ...rest } = options;
  return { filters: [filters1, filters2], ...rest };
}

/** The options as the model takes them. */
export function modelOptionsOf({ name, ...written }: ModelConfig): ModelOptions {
  if (!isSplit(modelDefaults(name))) return written as ModelOptions;
  const { filters, ...rest } = written;
  const [filters1, filters2] = filters as Pair;
  return { ...(rest as ModelOptions), filters1, filters2 };
}

/** What is wrong with a value beside its default, or null. */
function typeProblem(value: unknown, standard: OptionValue | Pair): string | null {
  if (typeof standard !== 'object') return typeof value === typeof standard ? null : `expected a ${typeof standard}`;
  const fits = Array.isArray(value) && value.length === 2 && value.every((one) => typeof one === typeof standard[0]);
  return fits ? null : 'expected two numbers, of the first and the second convolution';
}

/** The `model` section: any model that is registered by the time the configuration is read. */
export const modelSection = z.looseObject({ name: z.string().default('cnn-lstm') }).transform(checkedModel);

/** A network of its own under a fixed name, such as `baselines.cnn`: its options, or false. */
export const networkSection = (name: string) =>
  z
    .custom<false | Readonly<Record<string, unknown>>>(
      (given) => given === false || (typeof given === 'object' && given !== null && !Array.isArray(given)),
      'expected false or the options of the network',
    )
    .transform((given, context): ModelConfig | false =>
      given === false ? false : checkedModel({ ...given, name }, context),
    );

function checkedModel(
  { name, ...given }: { readonly name: string; readonly [option: string]: unknown },
  context: z.RefinementCtx,
): ModelConfig {
  const refuse = (key: string, message: string, used?: OptionValue | Pair) => {
    context.addIssue({ code: 'custom', path: [key], message, params: { used } });
    return z.NEVER;
  };
  if (!modelNames().includes(name)) return refuse('name', `expected one of ${modelNames().join(', ')}`);
  const defaults = asWritten(modelDefaults(name));
  const known = ['name', ...Object.keys(defaults)];
  for (const [key, value] of Object.entries(given)) {
    if (!Object.hasOwn(defaults, key)) {
      context.addIssue({
        code: 'unrecognized_keys',
        keys: [key],
        input: given,
        path: [],
        message: `unknown option "${key}" of model ${name}; expected one of ${known.join(', ')}`,
        known,
      });
      return z.NEVER;
    }
    const problem = typeProblem(value, defaults[key]);
    if (problem) return refuse(key, problem);
  }
  const config: ModelConfig = { ...defaults, ...(given as Record<string, OptionValue | Pair>), name };
  try {
    modelByName(name, modelOptionsOf(config));
  } catch (error) {
    if (!(error instanceof CandlenetError)) throw error;
    const words = error.message.replace(`model ${name}: `, '');
    const key = known.find((option) => words.startsWith(`${option} is `));
    if (key) return refuse(key, words.slice(words.indexOf('; ') + 2), config[key]);
    return refuse(words.startsWith('filters') ? 'filters' : 'name', words, config.filters);
  }
  return config;
}

/** The keys that a complaint of the model section says there are, or null for one of another section. */
export function knownOptions(issue: z.core.$ZodIssue): string[] | null {
  return 'known' in issue && Array.isArray(issue.known) ? issue.known : null;
}
