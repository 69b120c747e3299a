/** The symbols held, ascending, so that a session costs what is held and not what is listed. */
export class HeldSymbols {
  private readonly list: Int32Array;
  count = 0;

  constructor(symbols: number) {
    this.list = new Int32Array(symbols);
  }

  at(i: number): number {
    return this.list[i];
  }

  add(s: number): void {
    const at = this.position(s);
    if (at < this.count && this.list[at] === s) return;
    this.list.copyWithin(at + 1, at, this.count);
    this.list[at] = s;
    this.count++;
  }

  remove(s: number): void {
    const at = this.position(s);
    if (at === this.count || this.list[at] !== s) return;
    this.list.copyWithin(at, at + 1, this.count);
    this.count--;
  }

  private position(s: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.list[middle] < s) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
