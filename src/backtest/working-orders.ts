import type { Side } from './schemas.js';

/** Orders that stand over from earlier sessions: at most one a symbol, in the order they were given. */
export class WorkingOrders {
  private readonly ids: Int32Array;
  private readonly queues: Record<Side, number[]> = { buy: [], sell: [] };

  constructor(symbols: number) {
    this.ids = new Int32Array(symbols).fill(-1);
  }

  /** A copy: what is worked through may end meanwhile. */
  symbols(side: Side): number[] {
    return this.queues[side].slice();
  }

  /** Id of the working order of symbol s; −1 without one. */
  of(s: number): number {
    return this.ids[s];
  }

  add(s: number, side: Side, id: number): void {
    if (this.ids[s] < 0) this.queues[side].push(s);
    this.ids[s] = id;
  }

  remove(s: number): void {
    this.ids[s] = -1;
    for (const side of ['buy', 'sell'] as const) {
      const at = this.queues[side].indexOf(s);
      if (at >= 0) this.queues[side].splice(at, 1);
    }
  }
}
