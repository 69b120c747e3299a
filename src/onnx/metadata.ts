import { CandlenetError } from '../util/index.js';
import { readDelimitedFields } from './protobuf.js';

/** What another program must know to use a deployed model; stored in its `metadata_props`, each value as JSON. */
export interface ModelMetadata {
  readonly modelName: string;
  /** Steps of a sample, the last one being the day of the forecast. */
  readonly window: number;
  /** Names of the columns of `x`, in order. */
  readonly features: readonly string[];
  /** Names of the columns of `probabilities`, in order; none where the model gives a number, `forecast`. */
  readonly classes: readonly string[];
  /** The model takes (value − mean) / std, column by column, a missing value as 0. */
  readonly scaler: {
    readonly mean: readonly number[];
    readonly std: readonly number[];
    /** Standardised values are moved to ± this; null for no bound. */
    readonly clip: number | null;
  };
  /** Of a model that gives a number: its label is mean + std · forecast. */
  readonly target?: { readonly kind: string; readonly mean: number; readonly std: number };
}

const PREFIX = 'candlenet.';
const KEYS = ['modelName', 'window', 'features', 'classes', 'scaler'] as const;
const TARGET = 'target';

export const metadataProps = (metadata: ModelMetadata): Record<string, string> =>
  Object.fromEntries(
    [...KEYS, ...(metadata.target ? [TARGET] : [])].map((key) => [
      PREFIX + key,
      JSON.stringify(metadata[key as keyof ModelMetadata]),
    ]),
  );

/** ModelProto.metadata_props and the two fields of an entry, in onnx.proto. */
const METADATA_PROPS = 14;
const KEY = 1;
const VALUE = 2;

/** The metadata of a model written by candlenet. Throws `MODEL_INVALID` if the bytes are none, naming `source`. */
export function readModelMetadata(model: Uint8Array, source = 'model'): ModelMetadata {
  const fail = (found: string): never => {
    throw new CandlenetError('MODEL_INVALID', `${source}: ${found}; expected an ONNX model written by candlenet`);
  };
  const fields = readDelimitedFields(model) ?? fail('not an ONNX file, or cut short');
  const props = new Map<string, string>();
  for (const { field, value } of fields) {
    if (field !== METADATA_PROPS) continue;
    const entry = readDelimitedFields(value) ?? fail('damaged metadata');
    const text = (number: number) => new TextDecoder().decode(entry.find((part) => part.field === number)?.value);
    props.set(text(KEY), text(VALUE));
  }
  const read = (key: string): unknown => {
    const text = props.get(PREFIX + key) ?? fail(`no metadata "${PREFIX}${key}"`);
    try {
      return JSON.parse(text);
    } catch {
      return fail(`metadata "${PREFIX}${key}" is not JSON`);
    }
  };
  const keys = [...KEYS, ...(props.has(PREFIX + TARGET) ? [TARGET] : [])];
  return Object.fromEntries(keys.map((key) => [key, read(key)])) as unknown as ModelMetadata;
}
