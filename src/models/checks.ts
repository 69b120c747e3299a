import type { ModelOptions } from './model.js';
import { ACTIVATIONS } from './parts.js';

/** What an option's value must satisfy: words on what is wrong, or null. */
type Check = (options: ModelOptions) => string | null;

const check =
  (isRight: (value: number) => boolean, expected: string) =>
  (...keys: string[]): Check =>
  (options) => {
    const wrong = keys.find((key) => !isRight(options[key] as number));
    return wrong === undefined ? null : `${wrong} is ${options[wrong]}; expected ${expected}`;
  };

/** Beyond this the parameters of a layer would not fit the memory that the workers share. */
const MOST_UNITS = 4096;

export const sizes = check((n) => Number.isInteger(n) && n >= 1 && n <= MOST_UNITS, 'a whole number, 1 to 4096');
export const shares = check((x) => x >= 0 && x < 1, '0 to below 1');

export const activation: Check = ({ activation: name }) =>
  Object.hasOwn(ACTIVATIONS, String(name))
    ? null
    : `activation is "${name}"; expected one of ${Object.keys(ACTIVATIONS).join(', ')}`;

/** The first complaint of several checks. */
export const all =
  (...checks: Check[]): Check =>
  (options) => {
    for (const one of checks) {
      const problem = one(options);
      if (problem) return problem;
    }
    return null;
  };
