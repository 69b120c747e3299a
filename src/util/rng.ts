/**
 * Seeded randomness, always passed as an argument. The generator is sfc32 (Chris Doty-Humphrey's Small Fast Counter,
 * PractRand), seeded from a path of labels: `createRng(seed, 'epoch', 3)` gives the same stream on every machine,
 * whatever was drawn before, which is what makes a resumed training bit-identical.
 */
export interface Rng {
  /** Uniform in [0, 1) with 32 bits. */
  uniform(): number;
  /** Uniform integer in [0, bound). */
  int(bound: number): number;
  /** Standard normal (Marsaglia's polar method). */
  normal(): number;
  /** Uniform 32-bit unsigned integer. */
  bits(): number;
}

export type SeedPath = readonly (number | string)[];

/** 128 bits from a path of labels by four differently keyed runs of a 32-bit mix (murmur3's finaliser). */
function seedState(path: SeedPath): [number, number, number, number] {
  const text = path.map((part) => `${typeof part}:${part}`).join('\u0000');
  const state = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0xdeadbeef] as [number, number, number, number];
  for (let lane = 0; lane < 4; lane++) {
    let h = state[lane];
    for (let i = 0; i < text.length; i++) {
      h = Math.imul(h ^ text.charCodeAt(i), 0xcc9e2d51 + lane * 2);
      h = (h << 13) | (h >>> 19);
    }
    h ^= h >>> 16;
    h = Math.imul(h, 0x85ebca6b);
    h ^= h >>> 13;
    h = Math.imul(h, 0xc2b2ae35);
    state[lane] = (h ^ (h >>> 16)) >>> 0;
  }
  return state;
}

export function createRng(...path: SeedPath): Rng {
  let [a, b, c, counter] = seedState(path);
  let spare: number | null = null;

  function bits(): number {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  }
  for (let i = 0; i < 12; i++) bits();

  const uniform = () => bits() / 0x1_0000_0000;
  return {
    bits,
    uniform,
    int: (bound) => Math.floor(uniform() * bound),
    normal() {
      if (spare !== null) {
        const value = spare;
        spare = null;
        return value;
      }
      for (;;) {
        const u = 2 * uniform() - 1;
        const v = 2 * uniform() - 1;
        const s = u * u + v * v;
        if (s === 0 || s >= 1) continue;
        const factor = Math.sqrt((-2 * Math.log(s)) / s);
        spare = v * factor;
        return u * factor;
      }
    },
  };
}

/** Fisher-Yates, in place. */
export function shuffle<T extends { length: number; [i: number]: number }>(values: T, rng: Rng): T {
  for (let i = values.length - 1; i > 0; i--) {
    const j = rng.int(i + 1);
    const kept = values[i];
    values[i] = values[j];
    values[j] = kept;
  }
  return values;
}
