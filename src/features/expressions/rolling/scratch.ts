/** Arrays that earlier runs are done with; each thread has its own. Their content is whatever it was. */
const free: Float64Array[] = [];

/**
 * What a run over one stock works in: arrays that are given back at its end, and what several statistics of one series and
 * window are made of (moments, extremes), computed once: variance and deviation, slope and R², maximum and its place.
 */
export class Scratch {
  private readonly taken: Float64Array[] = [];
  private readonly kept = new Map<Float64Array, Map<string, { partner: Float64Array | null; value: unknown }>>();

  constructor(private readonly bars: number) {}

  /** An array of the run's length, to be written in full. */
  take(): Float64Array {
    const found = free.pop();
    const whole = found !== undefined && found.length >= this.bars ? found : new Float64Array(this.bars);
    this.taken.push(whole);
    return whole.length === this.bars ? whole : whole.subarray(0, this.bars);
  }

  once<T>(kind: string, series: Float64Array, partner: Float64Array | null, window: number, make: () => T): T {
    let own = this.kept.get(series);
    if (own === undefined) {
      own = new Map();
      this.kept.set(series, own);
    }
    const key = `${kind} ${window}`;
    const before = own.get(key);
    if (before !== undefined && before.partner === partner) return before.value as T;
    const value = make();
    own.set(key, { partner, value });
    return value;
  }

  /** After this nothing that was taken may be read. */
  end(): void {
    for (const array of this.taken) free.push(array);
    this.taken.length = 0;
    this.kept.clear();
  }
}
