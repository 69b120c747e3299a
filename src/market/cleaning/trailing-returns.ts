import { lowerBound } from '../../util/index.js';

/** A year of trading; bounds hold once a quarter of it is there. */
const WINDOW = 252;
const LEAST = 60;
const SIGMAS = 3;
/** Whiskers of the box plot, in interquartile ranges beyond the quartiles (Tukey, Exploratory Data Analysis, 1977). */
const WHISKERS = 1.5;

/** What counts as unusual for an instrument, by its own log returns before the day alone. */
export class TrailingReturns {
  private readonly window = new Float64Array(WINDOW);
  private readonly sorted = new Float64Array(WINDOW);
  private pushed = 0;
  private sum = 0;
  private squares = 0;

  push(value: number): void {
    const { window, sorted } = this;
    const slot = this.pushed % WINDOW;
    let count = Math.min(this.pushed, WINDOW);
    if (count === WINDOW) {
      const oldest = window[slot];
      const at = lowerBound(sorted, oldest);
      sorted.copyWithin(at, at + 1);
      this.sum -= oldest;
      this.squares -= oldest * oldest;
      count--;
    }
    const at = lowerBound(sorted.subarray(0, count), value);
    sorted.copyWithin(at + 1, at, count);
    sorted[at] = value;
    window[slot] = value;
    this.sum += value;
    this.squares += value * value;
    this.pushed++;
  }

  /** Further from the mean than three sample standard deviations; false while there is too little to say. */
  isBeyondThreeSigma(value: number): boolean {
    const count = Math.min(this.pushed, WINDOW);
    if (count < LEAST) return false;
    const mean = this.sum / count;
    const variance = Math.max(0, (this.squares - count * mean * mean) / (count - 1));
    return Math.abs(value - mean) > SIGMAS * Math.sqrt(variance);
  }

  /** Outside the whiskers of the box plot; false while there is too little to say. */
  isOutsideBox(value: number): boolean {
    if (this.pushed < LEAST) return false;
    const lower = this.quantile(0.25);
    const upper = this.quantile(0.75);
    const reach = WHISKERS * (upper - lower);
    return value < lower - reach || value > upper + reach;
  }

  /** Definition 7 of Hyndman and Fan (1996), between neighbours linearly. */
  private quantile(share: number): number {
    const place = share * (Math.min(this.pushed, WINDOW) - 1);
    const low = Math.floor(place);
    const above = this.sorted[Math.ceil(place)];
    return this.sorted[low] + (place - low) * (above - this.sorted[low]);
  }
}
