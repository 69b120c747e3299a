/**
 * The wire format of Protocol Buffers (protobuf.dev/programming-guides/encoding), as much as an ONNX file needs:
 * varints, 32-bit floats and length-delimited fields.
 */
const VARINT = 0;
const DELIMITED = 2;
const FIXED32 = 5;
const FIXED64 = 1;

/** One message under construction; field numbers are those of onnx.proto. */
export class MessageWriter {
  readonly #chunks: Uint8Array[] = [];

  #push(field: number, wireType: number): void {
    this.#chunks.push(varint((field << 3) | wireType));
  }

  int(field: number, value: number): this {
    this.#push(field, VARINT);
    this.#chunks.push(varint(value));
    return this;
  }

  float(field: number, value: number): this {
    this.#push(field, FIXED32);
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    this.#chunks.push(bytes);
    return this;
  }

  bytes(field: number, value: Uint8Array): this {
    this.#push(field, DELIMITED);
    this.#chunks.push(varint(value.length), value);
    return this;
  }

  string(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  /** A packed list of integers from 0 up to 2^31 − 1. */
  packedInts(field: number, values: ArrayLike<number>): this {
    const bytes = new Uint8Array(values.length * 5);
    let end = 0;
    for (let i = 0; i < values.length; i++) {
      let rest = values[i];
      for (; rest > 0x7f; rest >>>= 7) bytes[end++] = (rest & 0x7f) | 0x80;
      bytes[end++] = rest;
    }
    return this.bytes(field, bytes.slice(0, end));
  }

  packedFloats(field: number, values: ArrayLike<number>): this {
    const bytes = new Uint8Array(values.length * 4);
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < values.length; i++) view.setFloat32(4 * i, values[i], true);
    return this.bytes(field, bytes);
  }

  message(field: number, value: MessageWriter): this {
    return this.bytes(field, value.finish());
  }

  finish(): Uint8Array {
    const result = new Uint8Array(this.#chunks.reduce((sum, chunk) => sum + chunk.length, 0));
    let end = 0;
    for (const chunk of this.#chunks) {
      result.set(chunk, end);
      end += chunk.length;
    }
    return result;
  }
}

/** Base-128, low group first; a negative number is its 64-bit two's complement. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest > 0n ? low | 0x80 : low);
  } while (rest > 0n);
  return Uint8Array.from(bytes);
}

/** The length-delimited fields of a message, in order; others are skipped. Null if the bytes are no message. */
export function readDelimitedFields(bytes: Uint8Array): { field: number; value: Uint8Array }[] | null {
  const fields: { field: number; value: Uint8Array }[] = [];
  let at = 0;
  const read = (): number => {
    let value = 0;
    for (let scale = 1; at < bytes.length; scale *= 128) {
      const byte = bytes[at++];
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    return Number.NaN;
  };
  while (at < bytes.length) {
    const tag = read();
    const wireType = tag % 8;
    if (wireType === VARINT) {
      if (Number.isNaN(read())) return null;
    } else if (wireType === FIXED32) at += 4;
    else if (wireType === FIXED64) at += 8;
    else if (wireType === DELIMITED) {
      const length = read();
      if (!(at + length <= bytes.length)) return null;
      fields.push({ field: Math.floor(tag / 8), value: bytes.subarray(at, at + length) });
      at += length;
    } else return null;
  }
  return at === bytes.length ? fields : null;
}
