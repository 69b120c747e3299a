/** The increment of SplitMix64, 2⁶⁴ over the golden ratio. */
export const GAMMA: u64 = 0x9e3779b97f4a7c15;

/** The 64 random bits of a state: SplitMix64's output function (Steele, Lea and Flood 2014). */
// @ts-expect-error: decorator
@inline
export function mix(state: u64): u64 {
  let z = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}
