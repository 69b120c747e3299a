/**
 * What was bought and what was sold in the last sessions: shares settle so many sessions after their purchase, and the
 * proceeds of a sale so many after it. With n sessions, what happened in the current session and the n − 1 before it is
 * not settled.
 */
export class Settlement {
  private readonly bought: Float64Array[];
  private readonly touched: number[][];
  private readonly proceeds: { cash: number; due: number }[] = [];
  private session = 0;

  constructor(symbols: number, longest: number) {
    this.bought = Array.from({ length: longest }, () => new Float64Array(symbols));
    this.touched = Array.from({ length: longest }, () => []);
  }

  beginSession(): void {
    this.session++;
    const row = this.session % this.bought.length;
    for (const s of this.touched[row]) this.bought[row][s] = 0;
    this.touched[row].length = 0;
    while (this.proceeds.length > 0 && this.proceeds[0].due <= this.session) this.proceeds.shift();
  }

  buy(s: number, shares: number): void {
    const row = this.session % this.bought.length;
    if (this.bought[row][s] === 0) this.touched[row].push(s);
    this.bought[row][s] += shares;
  }

  /** Shares of s bought in the last `sessions` sessions, the current one included. */
  unsettledShares(s: number, sessions: number): number {
    let shares = 0;
    for (let back = 0; back < sessions; back++) {
      const row = this.session - back;
      if (row >= 0) shares += this.bought[row % this.bought.length][s];
    }
    return shares;
  }

  scale(s: number, ratio: number): void {
    for (const row of this.bought) row[s] *= ratio;
  }

  sell(cash: number, sessions: number): void {
    if (sessions > 0 && cash > 0) this.proceeds.push({ cash, due: this.session + sessions });
  }

  unsettledCash(): number {
    let cash = 0;
    for (const entry of this.proceeds) cash += entry.cash;
    return cash;
  }
}
