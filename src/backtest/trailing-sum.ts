/** Sessions of the trailing mean volume and of the volatility. */
const LIQUIDITY_SESSIONS = 20;

/**
 * Sum of the last 20 values pushed, or of all while there are fewer. Two additions a value and never a subtraction, so
 * that no rounding builds up: the sum is the tail of the block before plus the head of this one (van Herk 1992).
 */
export class TrailingSum {
  private readonly block = new Float64Array(LIQUIDITY_SESSIONS);
  /** Sums of the block before from each of its places to its end. */
  private readonly tails = new Float64Array(LIQUIDITY_SESSIONS + 1);
  private head = 0;
  private place = 0;

  reset(): void {
    this.tails.fill(0);
    this.head = 0;
    this.place = 0;
  }

  push(value: number): void {
    this.block[this.place++] = value;
    this.head += value;
    if (this.place < LIQUIDITY_SESSIONS) return;
    for (let i = LIQUIDITY_SESSIONS - 1; i >= 0; i--) this.tails[i] = this.tails[i + 1] + this.block[i];
    this.head = 0;
    this.place = 0;
  }

  value(): number {
    return this.tails[this.place] + this.head;
  }
}
