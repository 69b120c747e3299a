/** The finite values of the last n bars in ascending order, kept by insertion. */
export class SortedWindow {
  private readonly sorted: Float64Array;
  private size = 0;

  constructor(
    private readonly values: Float64Array,
    private readonly window: number,
  ) {
    this.sorted = new Float64Array(window + 1);
  }

  /** Takes bar i in, and the bar that leaves out; bars come one after the other, from 0. */
  advance(i: number): void {
    const { sorted, values } = this;
    const leaving = i >= this.window ? values[i - this.window] : Number.NaN;
    const entering = values[i];
    if (Number.isFinite(leaving)) {
      sorted.copyWithin(this.lower(leaving), this.lower(leaving) + 1, this.size);
      this.size--;
    }
    if (Number.isFinite(entering)) {
      const at = this.lower(entering);
      sorted.copyWithin(at + 1, at, this.size);
      sorted[at] = entering;
      this.size++;
    }
  }

  get count(): number {
    return this.size;
  }

  /** Hyndman and Fan's type 7, as NumPy and pandas. */
  quantile(share: number): number {
    const position = share * (this.size - 1);
    const below = Math.floor(position);
    const low = this.sorted[below];
    return below + 1 < this.size ? low + (position - below) * (this.sorted[below + 1] - low) : low;
  }

  /** Mean rank of the value, 1 the smallest, as a share of the count. */
  rank(value: number): number {
    const first = this.lower(value);
    let end = first;
    while (end < this.size && this.sorted[end] === value) end++;
    return (first + 1 + end) / 2 / this.size;
  }

  private lower(value: number): number {
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.sorted[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
