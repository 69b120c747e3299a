import { Ring } from './window.js';

const A = 0.0962;
const B = 0.5769;
const DEGREES = 45 / Math.atan(1);

/** One discrete Hilbert transformer of Ehlers: even and odd bars have memories of their own. */
class Transformer {
  private readonly memory = new Float64Array(6);
  private readonly previous = new Float64Array(2);
  private readonly previousInput = new Float64Array(2);

  next(input: number, parity: number, slot: number, gain: number): number {
    const at = 3 * parity + slot;
    const scaled = A * input;
    let value = 0 - this.memory[at];
    this.memory[at] = scaled;
    value += scaled;
    value -= this.previous[parity];
    this.previous[parity] = B * this.previousInput[parity];
    value += this.previous[parity];
    this.previousInput[parity] = input;
    return value * gain;
  }
}

/**
 * Ehlers' homodyne discriminator (Rocket Science for Traders, 2001) with the shortcuts of TA-Lib's HT functions: the price
 * smoothed by a 4-bar WMA, its in-phase and quadrature parts, and the period of the dominant cycle. `begin` is the bar
 * from which on the transformers run; the smoother runs from the first.
 */
export class Hilbert {
  /** Of the dominant cycle, in bars, 6 … 50 once settled. */
  period = 0;
  smoothPeriod = 0;
  smoothed = 0;
  inPhase = 0;
  quadrature = 0;
  private bar = 0;
  private slot = 0;
  private readonly prices = new Ring(4);
  private plain = 0;
  private weighted = 0;
  private trailing = 0;
  private readonly detrend = new Transformer();
  private readonly quadratures = new Transformer();
  private readonly advanceI = new Transformer();
  private readonly advanceQ = new Transformer();
  /** Detrended prices two and three bars before, for even and odd bars. */
  private readonly before2 = new Float64Array(2);
  private readonly before3 = new Float64Array(2);
  private i2 = 0;
  private q2 = 0;
  private real = 0;
  private imaginary = 0;

  constructor(private readonly begin: number) {}

  /** @returns whether the transformers run yet */
  next(price: number): boolean {
    const bar = this.bar++;
    this.smooth(price, bar);
    if (bar < this.begin) return false;
    const parity = bar % 2;
    const gain = 0.075 * this.period + 0.54;
    const detrended = this.detrend.next(this.smoothed, parity, this.slot, gain);
    this.quadrature = this.quadratures.next(detrended, parity, this.slot, gain);
    this.inPhase = this.before3[parity];
    const jI = this.advanceI.next(this.inPhase, parity, this.slot, gain);
    const jQ = this.advanceQ.next(this.quadrature, parity, this.slot, gain);
    if (parity === 0) this.slot = (this.slot + 1) % 3;
    const other = 1 - parity;
    this.before3[other] = this.before2[other];
    this.before2[other] = detrended;
    const q2 = 0.2 * (this.quadrature + jI) + 0.8 * this.q2;
    const i2 = 0.2 * (this.inPhase - jQ) + 0.8 * this.i2;
    this.discriminate(i2, q2);
    return true;
  }

  private smooth(price: number, bar: number): void {
    this.prices.push(price);
    this.plain += price;
    if (bar < 3) {
      this.weighted += price * (bar + 1);
      return;
    }
    this.plain -= this.trailing;
    this.weighted += price * 4;
    this.trailing = this.prices.back(3);
    this.smoothed = this.weighted * 0.1;
    this.weighted -= this.plain;
  }

  private discriminate(i2: number, q2: number): void {
    this.real = 0.2 * (i2 * this.i2 + q2 * this.q2) + 0.8 * this.real;
    this.imaginary = 0.2 * (i2 * this.q2 - q2 * this.i2) + 0.8 * this.imaginary;
    this.q2 = q2;
    this.i2 = i2;
    const last = this.period;
    let period = last;
    if (this.imaginary !== 0 && this.real !== 0) period = 360 / (Math.atan(this.imaginary / this.real) * DEGREES);
    if (period > 1.5 * last) period = 1.5 * last;
    if (period < 0.67 * last) period = 0.67 * last;
    if (period < 6) period = 6;
    else if (period > 50) period = 50;
    this.period = 0.2 * period + 0.8 * last;
    this.smoothPeriod = 0.33 * this.period + 0.67 * this.smoothPeriod;
  }
}

/** In degrees. */
export function arcTangent(ratio: number): number {
  return Math.atan(ratio) * DEGREES;
}

export function sineOfDegrees(degrees: number): number {
  return Math.sin(degrees / DEGREES);
}

/** Dominant cycle's phase and the trendline, from the last 50 smoothed and raw prices. */
export class DominantCycle {
  readonly hilbert = new Hilbert(37);
  phase = 0;
  trendline = 0;
  private readonly smoothed = new Ring(50);
  private readonly prices = new Ring(50);
  private readonly means = new Float64Array(3);

  next(price: number): boolean {
    this.prices.push(price);
    if (!this.hilbert.next(price)) return false;
    const { smoothPeriod, smoothed } = this.hilbert;
    this.smoothed.push(smoothed);
    const bars = Math.trunc(smoothPeriod + 0.5);
    this.advancePhase(bars, smoothPeriod);
    let mean = 0;
    for (let i = 0; i < bars; i++) mean += this.prices.back(i);
    if (bars > 0) mean /= bars;
    this.trendline = (4 * mean + 3 * this.means[0] + 2 * this.means[1] + this.means[2]) / 10;
    this.means.copyWithin(1, 0, 2);
    this.means[0] = mean;
    return true;
  }

  private advancePhase(bars: number, smoothPeriod: number): void {
    let real = 0;
    let imaginary = 0;
    for (let i = 0; i < bars; i++) {
      const angle = (i * Math.atan(1) * 8) / bars;
      const value = this.smoothed.back(i);
      real += Math.sin(angle) * value;
      imaginary += Math.cos(angle) * value;
    }
    if (Math.abs(imaginary) > 0) this.phase = arcTangent(real / imaginary);
    else this.phase += 90 * Math.sign(real);
    this.phase += 90;
    // One bar of lag of the weighted mean.
    this.phase += 360 / smoothPeriod;
    if (imaginary < 0) this.phase += 180;
    if (this.phase > 315) this.phase -= 360;
  }
}
