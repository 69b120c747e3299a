import type { ColourRole } from './theme.js';

/** The step of a diverging scale a gain or loss falls on, and the text colour that reads on it. */
export interface HeatStep {
  readonly fill: ColourRole;
  readonly text: ColourRole;
}

const LOSSES: readonly ColourRole[] = ['even', 'loss1', 'loss2', 'loss3'];
const GAINS: readonly ColourRole[] = ['even', 'gain1', 'gain2', 'gain3'];

const stepped = (fill: ColourRole): HeatStep => ({ fill, text: fill.endsWith('3') ? 'paper' : 'ink' });

/** `unit` is the size of the first step: beyond unit/4 it is a gain or loss, beyond 1 and 2 units a greater one. */
export function divergingStep(value: number, unit: number): HeatStep {
  const size = Math.abs(value) / unit;
  const step = !(size >= 0.25) ? 0 : size < 1 ? 1 : size < 2 ? 2 : 3;
  return stepped(value < 0 ? LOSSES[step] : GAINS[step]);
}

/** A share of 0 … 1 on four steps of one colour. */
export function shareStep(share: number): HeatStep {
  const step = !(share >= 0.15) ? 0 : share < 0.35 ? 1 : share < 0.6 ? 2 : 3;
  return stepped(GAINS[step]);
}
