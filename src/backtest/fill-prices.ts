import type { BarMatrix } from '../market/index.js';
import type { Side } from './schemas.js';
import type { FillPrice } from './types.js';

/** A mean price further outside the range, relative, comes from amounts and volumes of other units: no VWAP. */
const UNIT_SLACK = 0.01;

/** The price at which an order fills, and the one by which its limit state is judged. */
export class FillPrices {
  /** The column of the price; null where it is worked out. */
  private readonly column: Float64Array | null;

  constructor(
    private readonly bars: BarMatrix,
    model: FillPrice,
  ) {
    this.column = model === 'vwap' ? null : bars[model];
  }

  /** @param cell symbol-major cell of the bars */
  at(cell: number): number {
    if (this.column !== null) return this.column[cell];
    const { high, low, close, volume, amount } = this.bars;
    const mean = amount === null ? Number.NaN : amount[cell] / volume[cell];
    const sound = mean >= low[cell] * (1 - UNIT_SLACK) && mean <= high[cell] * (1 + UNIT_SLACK);
    const price = sound ? mean : (high[cell] + low[cell] + close[cell]) / 3;
    return Math.min(high[cell], Math.max(low[cell], price));
  }

  /**
   * An open or a close at the limit finds no counterpart. Over a whole session there was one unless the session never
   * left the limit: the low stood at the upper limit, or the high at the lower.
   */
  judged(cell: number, side: Side): number {
    if (this.column !== null) return this.column[cell];
    return side === 'buy' ? this.bars.low[cell] : this.bars.high[cell];
  }
}
