import { GAMMA, mix } from './splitmix';

/**
 * Inverted dropout: 1/keep with probability keep, else 0. The randomness is SplitMix64 read at positions `counter`,
 * `counter` + 1, …: a pure function of key and counter, two floats a position.
 */
export function fillDropout(out: usize, count: i32, key: u64, counter: u64, keep: f32): void {
  const scale: f32 = 1 / keep;
  const limit = <u64>(<f64>keep * 4294967296.0);
  const end = <usize>count << 2;
  let state = key + counter * GAMMA;
  for (let i: usize = 0; i < end; i += 8) {
    state += GAMMA;
    const z = mix(state);
    store<f32>(out + i, (z & 0xffffffff) < limit ? scale : 0);
    store<f32>(out + i + 4, z >> 32 < limit ? scale : 0);
  }
}
