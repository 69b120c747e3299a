import { existsSync, readFileSync } from 'node:fs';
import { sha256, systemClock, writeFileAtomically } from '../../util/index.js';

const ARRAYS = { Uint8Array, Int32Array, Float32Array, Float64Array } as const;
type ArrayName = keyof typeof ARRAYS;
type AnyArray = InstanceType<(typeof ARRAYS)[ArrayName]>;

/** Where an array lies in the bytes behind the head. */
interface Placed {
  readonly $array: ArrayName;
  readonly offset: number;
  readonly length: number;
}

interface Head {
  /** Of what the model was fitted on. */
  readonly fingerprint: string;
  /** Of the model's own numbers. */
  readonly digest: string;
  readonly seconds: number;
  readonly model: unknown;
}

/** A fitted model, and the wall time it took when it was fitted. */
export interface Kept<M> {
  readonly model: M;
  readonly seconds: number;
}

const ALIGNMENT = 8;
const nameOf = (value: unknown): ArrayName | undefined =>
  (Object.keys(ARRAYS) as ArrayName[]).find((name) => value instanceof ARRAYS[name]);

/**
 * A model of plain values and typed arrays as bytes: a line of JSON, then the arrays. Infinities do not survive the JSON and
 * must lie in arrays.
 */
function encode(kept: Kept<unknown>, fingerprint: string): Uint8Array {
  const arrays: AnyArray[] = [];
  let end = 0;
  const place = (_key: string, value: unknown): unknown => {
    const name = nameOf(value);
    if (name === undefined) return value;
    const array = value as AnyArray;
    const placed: Placed = { $array: name, offset: end, length: array.length };
    arrays.push(array);
    end += Math.ceil(array.byteLength / ALIGNMENT) * ALIGNMENT;
    return placed;
  };
  const model = JSON.parse(JSON.stringify(kept.model, place)) as unknown;
  const body = new Uint8Array(end);
  let at = 0;
  for (const array of arrays) {
    body.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += Math.ceil(array.byteLength / ALIGNMENT) * ALIGNMENT;
  }
  const digest = sha256(JSON.stringify(model), body);
  const head: Head = { fingerprint, digest, seconds: kept.seconds, model };
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), body]);
}

function decode<M>(bytes: Buffer, fingerprint: string): Kept<M> | null {
  const line = bytes.indexOf('\n');
  const head = JSON.parse(bytes.toString('utf8', 0, line)) as Head;
  const body = bytes.subarray(line + 1);
  if (head.fingerprint !== fingerprint || head.digest !== sha256(JSON.stringify(head.model), body)) return null;
  const model = JSON.parse(JSON.stringify(head.model), (_key, value: unknown) => {
    if (value === null || typeof value !== 'object' || !('$array' in value)) return value;
    const { $array, offset, length } = value as Placed;
    const type = ARRAYS[$array];
    // A copy begins where every type may.
    return new type(Uint8Array.from(body.subarray(offset, offset + length * type.BYTES_PER_ELEMENT)).buffer);
  }) as M;
  return { model, seconds: head.seconds };
}

/**
 * The model that an earlier part of this run kept at `path`, or a new one, kept there from now on. What is there of another
 * fit, or damaged, is not used.
 */
export async function keptOrFitted<M>(path: string, fingerprint: string, fitModel: () => Promise<M>): Promise<Kept<M>> {
  const earlier = read<M>(path, fingerprint);
  if (earlier !== null) return earlier;
  const began = systemClock.seconds();
  const model = await fitModel();
  const kept = { model, seconds: systemClock.seconds() - began };
  writeFileAtomically(path, encode(kept, fingerprint));
  return kept;
}

function read<M>(path: string, fingerprint: string): Kept<M> | null {
  if (!existsSync(path)) return null;
  try {
    return decode(readFileSync(path), fingerprint);
  } catch {
    return null;
  }
}
