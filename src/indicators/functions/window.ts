import type { Filter } from './definition.js';

/** The last `size` values, in a ring. */
export class Ring {
  readonly values: Float64Array;
  /** Values taken so far. */
  count = 0;
  private at = 0;

  constructor(readonly size: number) {
    this.values = new Float64Array(size);
  }

  /** Takes a value. @returns the one that leaves, 0 while the ring is filling */
  push(value: number): number {
    const leaving = this.values[this.at];
    this.values[this.at] = value;
    this.at = this.at + 1 === this.size ? 0 : this.at + 1;
    this.count++;
    return leaving;
  }

  get full(): boolean {
    return this.count >= this.size;
  }

  /** The value taken `ago` pushes before the last one; `ago` below `size`. */
  back(ago: number): number {
    const at = this.at - 1 - ago;
    return this.values[at < 0 ? at + this.size : at];
  }
}

/** Highest (sign 1) or lowest (sign −1) of the last `window` values, the latest of equals. Amortised O(1) a value. */
export class RollingExtreme {
  private readonly values: Float64Array;
  private readonly indices: Float64Array;
  private head = 0;
  private size = 0;
  count = 0;

  constructor(
    readonly window: number,
    private readonly sign: 1 | -1,
  ) {
    this.values = new Float64Array(window);
    this.indices = new Float64Array(window);
  }

  push(value: number): void {
    const { values, indices, window, sign } = this;
    if (this.size > 0 && indices[this.head] <= this.count - window) {
      this.head = (this.head + 1) % window;
      this.size--;
    }
    while (this.size > 0 && sign * values[(this.head + this.size - 1) % window] <= sign * value) this.size--;
    const at = (this.head + this.size++) % window;
    values[at] = value;
    indices[at] = this.count++;
  }

  get full(): boolean {
    return this.count >= this.window;
  }

  get value(): number {
    return this.values[this.head];
  }

  /** Counted from the first value taken. */
  get index(): number {
    return this.indices[this.head];
  }
}

/** A filter that lets the first `count` values pass by. */
export function delayed(count: number, filter: Filter): Filter {
  let left = count;
  return (value) => (left-- > 0 ? Number.NaN : filter(value));
}

/** One filter after another, each beginning with the first defined value of the one before. */
export function chain(...filters: readonly Filter[]): Filter {
  return (value) => {
    let passed = value;
    for (const filter of filters) {
      passed = filter(passed);
      if (Number.isNaN(passed)) return passed;
    }
    return passed;
  };
}
