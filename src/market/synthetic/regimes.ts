import type { Rng } from '../../util/index.js';

/**
 * Bull, volatile and bear: a Markov chain that moves at the opening of a session. A change of regime comes with a jump of
 * the market, and while a regime lasts its drift pays for the jumps to come, so that the mean return of every session is
 * exactly 0 in every regime: a bull market climbs and ends in a fall, a bear market sinks and ends in a rally, and
 * knowing the regime earns nothing. Only the volatility can be foreseen.
 */
export interface Regime {
  readonly name: 'bull' | 'volatile' | 'bear';
  /** Multiplies the market's volatility. */
  readonly volatility: number;
  /** Chance a day of moving to another regime, with the jump of the market that comes with it. */
  readonly exits: readonly { readonly to: number; readonly chance: number; readonly jump: number }[];
}

export const BULL = 0;
export const VOLATILE = 1;
export const BEAR = 2;

export const REGIMES: readonly Regime[] = [
  {
    name: 'bull',
    volatility: 0.8,
    exits: [
      { to: BEAR, chance: 1 / 150, jump: -0.045 },
      { to: VOLATILE, chance: 1 / 200, jump: -0.025 },
    ],
  },
  {
    name: 'volatile',
    volatility: 1.1,
    exits: [
      { to: BULL, chance: 1 / 140, jump: 0.02 },
      { to: BEAR, chance: 1 / 140, jump: -0.02 },
    ],
  },
  {
    name: 'bear',
    volatility: 1.3,
    exits: [
      { to: BULL, chance: 1 / 160, jump: 0.04 },
      { to: VOLATILE, chance: 1 / 130, jump: 0.03 },
    ],
  },
];

/** Market return of a session without a change of regime that pays for the jumps: chance-weighted mean 0. */
export function regimeDrift(regime: Regime): number {
  let stay = 1;
  let jumps = 0;
  for (const { chance, jump } of regime.exits) {
    stay -= chance;
    jumps += chance * jump;
  }
  return -jumps / stay;
}

const DRIFTS = REGIMES.map(regimeDrift);

/** Moves the chain by one session. Returns the new regime and the market's jump or drift, of mean 0. */
export function stepRegime(regime: number, rng: Rng): { regime: number; move: number } {
  let left = rng.uniform();
  for (const { to, chance, jump } of REGIMES[regime].exits) {
    if (left < chance) return { regime: to, move: jump };
    left -= chance;
  }
  return { regime, move: DRIFTS[regime] };
}
