import { CandlenetError, readInputFile } from '../util/index.js';

const TYPED_ARRAYS = { Int32Array, Uint8Array, Float32Array, Float64Array } as const;
type TypedArrayName = keyof typeof TYPED_ARRAYS;

interface Encoded {
  readonly $type: TypedArrayName | 'number';
  readonly value: unknown;
}

const isSpecial = (value: unknown): value is number => typeof value === 'number' && !Number.isFinite(value);

/**
 * JSON that keeps typed arrays and numbers that are not finite, so that a report can be rendered again from what a run
 * has saved. Plain JSON would turn an undefined figure (NaN) into null and lose the difference.
 */
export function toLosslessJson(data: unknown): string {
  return JSON.stringify(data, (_key, value: unknown) => {
    if (isSpecial(value)) return { $type: 'number', value: String(value) };
    for (const name of Object.keys(TYPED_ARRAYS) as TypedArrayName[]) {
      if (value instanceof TYPED_ARRAYS[name]) {
        return { $type: name, value: Array.from(value, (n) => (Number.isFinite(n) ? n : String(n))) };
      }
    }
    return value;
  });
}

export function fromLosslessJson(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) => {
    if (value === null || typeof value !== 'object' || !('$type' in value)) return value;
    const encoded = value as Encoded;
    if (encoded.$type === 'number') return Number(encoded.value);
    return TYPED_ARRAYS[encoded.$type].from((encoded.value as unknown[]).map(Number));
  });
}

/** Plain JSON for other programs: an undefined figure is null, a typed array a list. */
export function toPlainJson(data: unknown): string {
  return JSON.stringify(
    data,
    (_key, value: unknown) => {
      if (isSpecial(value)) return null;
      if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return Array.from(value as Float64Array);
      return value;
    },
    2,
  );
}

/** Reads a JSON file that candlenet wrote. @throws FILE_NOT_FOUND, FILE_UNREADABLE when it is damaged */
export function readJson(path: string, parse: (text: string) => unknown): unknown {
  const text = readInputFile(path, 'file of a run').toString('utf8');
  try {
    return parse(text);
  } catch (error) {
    throw new CandlenetError('FILE_UNREADABLE', `${path}: found no valid JSON, expected what candlenet wrote`, {
      cause: error,
    });
  }
}
