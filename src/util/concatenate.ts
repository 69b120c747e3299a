/** Typed arrays one after the other, in a new one. */
export function concatenate<T extends Int32Array | Uint8Array | Float32Array | Float64Array>(
  type: new (length: number) => T,
  parts: readonly T[],
): T {
  const joined = new type(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part as never, at);
    at += part.length;
  }
  return joined;
}
