/** Looks at the gate this often before sleeping: a wake-up costs more than the imbalance of two equal halves. */
const SPINS = 2_000;

/**
 * A barrier for `parties` threads over two shared integers: how many have arrived, and which round this is. The last
 * to arrive opens the gate by raising the round. What a thread wrote before it arrived, all see after they pass.
 */
export interface Barrier {
  wait(): void;
}

export function createBarrier(
  control: Int32Array<SharedArrayBuffer>,
  arrived: number,
  round: number,
  parties: number,
): Barrier {
  return {
    wait() {
      const current = Atomics.load(control, round);
      if (Atomics.add(control, arrived, 1) === parties - 1) {
        Atomics.store(control, arrived, 0);
        Atomics.add(control, round, 1);
        Atomics.notify(control, round);
        return;
      }
      for (let spin = 0; spin < SPINS; spin++) if (Atomics.load(control, round) !== current) return;
      while (Atomics.load(control, round) === current) Atomics.wait(control, round, current);
    },
  };
}
