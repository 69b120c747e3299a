/** What a candle is measured by for a setting. */
type Measure = 'body' | 'range' | 'shadows';

/** A length to compare with: `factor` times the mean of the measure over the `bars` candles before, or of the candle itself (0). */
export interface CandleSetting {
  readonly place: number;
  readonly measure: Measure;
  readonly bars: number;
  readonly factor: number;
}

/** A setting at the candles, counted back from today, whose lengths are compared with it. */
export type SettingUse = readonly [CandleSetting, ...ago: number[]];

const setting = (place: number, measure: Measure, bars: number, factor: number): CandleSetting => ({
  place,
  measure,
  bars,
  factor,
});

// TA_CandleDefaultSettings of TA-Lib's ta_global.c.
export const BODY_LONG = setting(0, 'body', 10, 1);
export const BODY_SHORT = setting(1, 'body', 10, 1);
export const BODY_DOJI = setting(2, 'range', 10, 0.1);
export const SHADOW_LONG = setting(3, 'body', 0, 1);
export const SHADOW_VERY_LONG = setting(4, 'body', 0, 2);
export const SHADOW_SHORT = setting(5, 'shadows', 10, 1);
export const SHADOW_VERY_SHORT = setting(6, 'range', 10, 0.1);
export const NEAR = setting(7, 'range', 5, 0.2);
export const FAR = setting(8, 'range', 5, 0.6);
export const EQUAL = setting(9, 'range', 5, 0.05);

/** Candles kept: the oldest of a pattern has 4 after it and 10 before it. */
const KEPT = 16;
const LAST = KEPT - 1;
/** Candles of the longest pattern. */
const LONGEST = 5;

/** The latest candles of an unbroken run and the mean lengths a pattern compares with; `ago` 0 is today's. */
export class Candles {
  private readonly opens = new Float64Array(KEPT);
  private readonly highs = new Float64Array(KEPT);
  private readonly lows = new Float64Array(KEPT);
  private readonly closes = new Float64Array(KEPT);
  private readonly sums = new Float64Array(10 * LONGEST);
  private bar = -1;

  /** @param first the bar from which on the means are asked for */
  constructor(
    private readonly uses: readonly SettingUse[],
    private readonly first: number,
  ) {}

  /** Takes a bar [open, high, low, close]. @returns its index */
  push(bar: Float64Array): number {
    if (this.bar >= this.first) this.slide();
    const at = ++this.bar & LAST;
    this.opens[at] = bar[0];
    this.highs[at] = bar[1];
    this.lows[at] = bar[2];
    this.closes[at] = bar[3];
    if (this.bar < this.first) this.fill();
    return this.bar;
  }

  open(ago: number): number {
    return this.opens[(this.bar - ago) & LAST];
  }

  high(ago: number): number {
    return this.highs[(this.bar - ago) & LAST];
  }

  low(ago: number): number {
    return this.lows[(this.bar - ago) & LAST];
  }

  close(ago: number): number {
    return this.closes[(this.bar - ago) & LAST];
  }

  /** The upper end of the body. */
  top(ago: number): number {
    return Math.max(this.open(ago), this.close(ago));
  }

  bottom(ago: number): number {
    return Math.min(this.open(ago), this.close(ago));
  }

  body(ago: number): number {
    return Math.abs(this.close(ago) - this.open(ago));
  }

  range(ago: number): number {
    return this.high(ago) - this.low(ago);
  }

  upper(ago: number): number {
    return this.high(ago) - this.top(ago);
  }

  lower(ago: number): number {
    return this.bottom(ago) - this.low(ago);
  }

  /** 1 white (a close at or above the open), −1 black. */
  color(ago: number): 1 | -1 {
    return this.close(ago) >= this.open(ago) ? 1 : -1;
  }

  white(ago: number): boolean {
    return this.color(ago) === 1;
  }

  black(ago: number): boolean {
    return this.color(ago) === -1;
  }

  /** Whether the body of a candle lies above that of an earlier one. */
  gapsUp(ago: number, earlier: number): boolean {
    return this.bottom(ago) > this.top(earlier);
  }

  gapsDown(ago: number, earlier: number): boolean {
    return this.top(ago) < this.bottom(earlier);
  }

  /** Whether the whole candle does, shadows included. */
  candleGapsUp(ago: number, earlier: number): boolean {
    return this.low(ago) > this.high(earlier);
  }

  candleGapsDown(ago: number, earlier: number): boolean {
    return this.high(ago) < this.low(earlier);
  }

  /** The length that the setting means for a candle. */
  length({ place, measure, bars, factor }: CandleSetting, ago: number): number {
    const mean = bars === 0 ? this.measure(measure, ago) : this.sums[place * LONGEST + ago] / bars;
    return (factor * mean) / (measure === 'shadows' ? 2 : 1);
  }

  longBody(ago: number): boolean {
    return this.body(ago) > this.length(BODY_LONG, ago);
  }

  shortBody(ago: number): boolean {
    return this.body(ago) < this.length(BODY_SHORT, ago);
  }

  /** A short body, or one just as long as the mean. */
  smallBody(ago: number): boolean {
    return this.body(ago) <= this.length(BODY_SHORT, ago);
  }

  doji(ago: number): boolean {
    return this.body(ago) <= this.length(BODY_DOJI, ago);
  }

  noUpper(ago: number): boolean {
    return this.upper(ago) < this.length(SHADOW_VERY_SHORT, ago);
  }

  noLower(ago: number): boolean {
    return this.lower(ago) < this.length(SHADOW_VERY_SHORT, ago);
  }

  longUpper(ago: number): boolean {
    return this.upper(ago) > this.length(SHADOW_LONG, ago);
  }

  longLower(ago: number): boolean {
    return this.lower(ago) > this.length(SHADOW_LONG, ago);
  }

  /** Whether a price is that of another but for `EQUAL` at the candle `ago`. */
  equal(price: number, other: number, ago: number): boolean {
    const slack = this.length(EQUAL, ago);
    return price <= other + slack && price >= other - slack;
  }

  private measure(measure: Measure, ago: number): number {
    if (measure === 'body') return this.body(ago);
    return measure === 'range' ? this.range(ago) : this.upper(ago) + this.lower(ago);
  }

  private fill(): void {
    for (const [{ place, measure, bars }, ...agos] of this.uses) {
      for (const ago of agos) {
        const end = this.first - ago;
        if (this.bar >= end - bars && this.bar < end) this.sums[place * LONGEST + ago] += this.measure(measure, 0);
      }
    }
  }

  /** Lets the means follow by a bar, in the order of TA-Lib's running sums: borderline lengths depend on their last bits. */
  private slide(): void {
    for (const [{ place, measure, bars }, ...agos] of this.uses) {
      for (const ago of agos) {
        if (bars > 0)
          this.sums[place * LONGEST + ago] += this.measure(measure, ago) - this.measure(measure, ago + bars);
      }
    }
  }
}
