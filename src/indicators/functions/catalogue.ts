import { CandlenetError } from '../../util/index.js';
import { CANDLESTICKS } from './candlesticks/index.js';
import { CONVERGENCE } from './convergence.js';
import { CYCLE } from './cycle.js';
import type { FunctionDefinition, FunctionParameters } from './definition.js';
import { DIRECTIONAL } from './directional.js';
import { MATH_OPERATORS } from './math-operators.js';
import { MOMENTUM } from './momentum.js';
import { OVERLAP } from './overlap.js';
import { PRICE_TRANSFORMS } from './price-transforms.js';
import { SAR } from './sar.js';
import { STATISTICS } from './statistics.js';
import { STOCHASTICS } from './stochastics.js';
import { STRENGTH } from './strength.js';
import { VOLATILITY } from './volatility.js';
import { VOLUME } from './volume.js';

/** TA-Lib's functions by group, then by name. */
export const FUNCTIONS: readonly FunctionDefinition[] = [
  OVERLAP,
  SAR,
  MOMENTUM,
  STRENGTH,
  DIRECTIONAL,
  STOCHASTICS,
  CONVERGENCE,
  VOLUME,
  VOLATILITY,
  PRICE_TRANSFORMS,
  CYCLE,
  STATISTICS,
  MATH_OPERATORS,
  CANDLESTICKS,
]
  .flat()
  .toSorted((a, b) => order(a) - order(b) || (a.name < b.name ? -1 : 1));

function order({ group }: FunctionDefinition): number {
  return ['overlap', 'momentum', 'volume', 'volatility', 'price', 'cycle', 'statistics', 'math', 'pattern'].indexOf(
    group,
  );
}

const byName = new Map(FUNCTIONS.map((definition) => [definition.name, definition]));

/** A function by TA-Lib's name. @throws ARGUMENT_INVALID when there is none of that name */
export function functionByName(name: string): FunctionDefinition {
  const found = byName.get(name);
  if (found) return found;
  throw new CandlenetError(
    'ARGUMENT_INVALID',
    `function: found "${name}", expected one of ${[...byName.keys()].join(', ')}`,
  );
}

/**
 * All parameters of a function, its defaults where none is given.
 * @throws CONFIG_INVALID naming function and parameter
 */
export function resolveParameters(definition: FunctionDefinition, given: FunctionParameters = {}): FunctionParameters {
  for (const name of Object.keys(given)) {
    if (definition.parameters.some((parameter) => parameter.name === name)) continue;
    const known = definition.parameters.map((parameter) => parameter.name).join(', ') || 'no parameters';
    throw new CandlenetError('CONFIG_INVALID', `${definition.name}: found "${name}", expected ${known}`);
  }
  return Object.fromEntries(
    definition.parameters.map(({ name, default: usual, least, most, whole }) => {
      const value = given[name] ?? usual;
      const kind = whole ? 'a whole number' : 'a number';
      if (value >= least && value <= most && (!whole || Number.isInteger(value))) return [name, value];
      throw new CandlenetError(
        'CONFIG_INVALID',
        `${definition.name}: ${name}: found ${value}, expected ${kind} from ${least} to ${most}`,
      );
    }),
  );
}
