import { CandlenetError } from '../util/index.js';

/** Whether a layer's option has a value that the layer can be built with. */
interface Rule {
  readonly holds: (value: number) => boolean;
  readonly expected: string;
}

/** Of units, filters, heads or steps. */
export const COUNT: Rule = {
  holds: (value) => Number.isSafeInteger(value) && value >= 1,
  expected: 'a whole number of at least 1',
};
/** Of what is left out while training: at 1 nothing would be left to scale up. */
export const RATE: Rule = { holds: (value) => value >= 0 && value < 1, expected: 'a number in [0, 1)' };
export const POSITIVE: Rule = {
  holds: (value) => Number.isFinite(value) && value > 0,
  expected: 'a number above 0',
};

export function refuse(layer: string, option: string, found: unknown, expected: string): never {
  const shown = Array.isArray(found) ? `[${found.join(', ')}]` : String(found);
  throw new CandlenetError('CONFIG_INVALID', `${layer}: ${option} is ${shown}; expected ${expected}`);
}

/** @throws CONFIG_INVALID, in one line that names the layer and the first option whose value breaks the rule */
export function checkOptions(layer: string, rule: Rule, options: Readonly<Record<string, number>>): void {
  for (const [option, value] of Object.entries(options)) {
    if (typeof value !== 'number' || !rule.holds(value)) refuse(layer, option, value, rule.expected);
  }
}
