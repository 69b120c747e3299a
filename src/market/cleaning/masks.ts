import { BarFlag } from '../types.js';

const { MISRECORDED, FACTOR_REPAIRED, EXTREME, FILLED, THREE_SIGMA, BOX_PLOT, LIMIT_MOVE, GAP } = BarFlag;

/** What cleaning did to a bar: mended it, dropped it by a rule, or kept it as a genuine extreme. */
export type CleaningOutcome = 'mended' | 'dropped' | 'extreme';

interface MaskRule {
  readonly outcome: CleaningOutcome;
  readonly title: string;
  /** A bar is under the mask when of these bits of its flags exactly `set` are set. */
  readonly bits: number;
  readonly set: number;
}

const RULES = {
  'gap-filled': {
    outcome: 'mended',
    title: 'missing, at the last close with volume 0',
    bits: FILLED | GAP,
    set: FILLED,
  },
  'gap-averaged': {
    outcome: 'mended',
    title: 'in a longer gap, at the mean of past closes',
    bits: FILLED | GAP,
    set: FILLED | GAP,
  },
  'gap-missing': {
    outcome: 'dropped',
    title: 'in a longer gap, left without a price',
    bits: FILLED | GAP | MISRECORDED,
    set: GAP,
  },
  'factor-repaired': {
    outcome: 'mended',
    title: 'adjustment factor mended',
    bits: FACTOR_REPAIRED | MISRECORDED,
    set: FACTOR_REPAIRED,
  },
  'bar-impossible': {
    outcome: 'dropped',
    title: 'price ≤ 0, or outside its own high and low',
    bits: MISRECORDED | LIMIT_MOVE | THREE_SIGMA,
    set: MISRECORDED,
  },
  'move-impossible': {
    outcome: 'dropped',
    title: 'beyond the price limit, unexplained',
    bits: MISRECORDED | LIMIT_MOVE,
    set: MISRECORDED | LIMIT_MOVE,
  },
  'three-sigma-dropped': {
    outcome: 'dropped',
    title: 'beyond three standard deviations',
    bits: MISRECORDED | THREE_SIGMA,
    set: MISRECORDED | THREE_SIGMA,
  },
  'three-sigma-kept': {
    outcome: 'extreme',
    title: 'beyond three standard deviations of the year before',
    bits: MISRECORDED | THREE_SIGMA,
    set: THREE_SIGMA,
  },
  'box-plot': {
    outcome: 'extreme',
    title: 'outside the box plot of the year before',
    bits: MISRECORDED | BOX_PLOT,
    set: BOX_PLOT,
  },
  'limit-move': {
    outcome: 'extreme',
    title: 'closed at the price limit',
    bits: MISRECORDED | LIMIT_MOVE,
    set: LIMIT_MOVE,
  },
  'resumption-jump': {
    outcome: 'extreme',
    title: 'beyond the limit after a suspension',
    bits: MISRECORDED | EXTREME,
    set: EXTREME,
  },
} as const satisfies Record<string, MaskRule>;

export type CleaningMask = keyof typeof RULES;

export const CLEANING_MASKS: Readonly<Record<CleaningMask, MaskRule>> = RULES;

/** Whether flags of a bar are under a mask. */
export function isUnderMask(flags: number, mask: CleaningMask): boolean {
  const { bits, set } = RULES[mask];
  return (flags & bits) === set;
}
