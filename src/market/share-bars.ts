import type { BarMatrix } from './types.js';

function shareFloats(values: Float64Array): Float64Array {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const copy = new Float64Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}

export function shareBytes(values: Uint8Array): Uint8Array {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const copy = new Uint8Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}

/** The same bars on shared memory, so that threads read one copy. */
export function shareBars(bars: BarMatrix): BarMatrix {
  return {
    ...bars,
    open: shareFloats(bars.open),
    high: shareFloats(bars.high),
    low: shareFloats(bars.low),
    close: shareFloats(bars.close),
    volume: shareFloats(bars.volume),
    amount: bars.amount && shareFloats(bars.amount),
    adjFactor: shareFloats(bars.adjFactor),
    suspended: shareBytes(bars.suspended),
    st: bars.st && shareBytes(bars.st),
    flags: shareBytes(bars.flags),
  };
}
