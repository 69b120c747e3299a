import type { Command } from 'commander';
import { CandlenetError, type Day, parseDay } from '../util/index.js';

/** Parses a whole number above zero, for commander. @throws ARGUMENT_INVALID naming the option */
export function positiveInteger(option: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value > 0) return value;
    throw new CandlenetError('ARGUMENT_INVALID', `${option}: found "${text}", expected a whole number above 0`);
  };
}

/** Parses a whole number from zero on. @throws ARGUMENT_INVALID naming the option */
export function seedNumber(option: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isSafeInteger(value) && value >= 0) return value;
    throw new CandlenetError('ARGUMENT_INVALID', `${option}: found "${text}", expected a whole number, 0 or more`);
  };
}

/** Parses one of a few words. @throws ARGUMENT_INVALID naming the option and the words */
export function oneOf<T extends string>(option: string, words: readonly T[]): (text: string) => T {
  return (text) => {
    const found = words.find((word) => word === text);
    if (found !== undefined) return found;
    throw new CandlenetError('ARGUMENT_INVALID', `${option}: found "${text}", expected one of ${words.join(', ')}`);
  };
}

/** Adds `--json` and an example to a command's help. */
export function describe(command: Command, example: string): Command {
  return command
    .option('--json', 'print one JSON document on stdout; progress stays on stderr')
    .addHelpText('after', `\nExample:\n  ${example.split('\n').join('\n  ')}\n`);
}

/** Parses a number within bounds, both included unless `above` is set. @throws ARGUMENT_INVALID naming the option */
export function numberWithin(
  option: string,
  least: number,
  most: number,
  expected: string,
  above = false,
): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isFinite(value) && value <= most && (above ? value > least : value >= least)) {
      return value;
    }
    throw new CandlenetError('ARGUMENT_INVALID', `${option}: found "${text}", expected ${expected}`);
  };
}

/** Parses an amount of money above zero. @throws ARGUMENT_INVALID naming the option */
export const amount = (option: string) => numberWithin(option, 0, Number.MAX_VALUE, 'an amount above 0', true);

/** Parses a rate or figure from zero on. @throws ARGUMENT_INVALID naming the option */
export const nonNegative = (option: string) => numberWithin(option, 0, Number.MAX_VALUE, 'a number, 0 or more');

/** Parses a date. @throws ARGUMENT_INVALID naming the option */
export function dayOption(option: string): (text: string) => Day {
  return (text) => {
    try {
      return parseDay(text);
    } catch {
      throw new CandlenetError('ARGUMENT_INVALID', `${option}: found "${text}", expected a date as YYYY-MM-DD`);
    }
  };
}

/** Adds what cleaning leaves to choose; `cleaningOf` reads it back. */
export function cleaningOptions(command: Command): Command {
  return command
    .option(
      '--long-gaps <how>',
      'a gap after its first session: missing, or valued at the moving-average of past closes',
      oneOf('--long-gaps', ['missing', 'moving-average'] as const),
      'missing',
    )
    .option(
      '--three-sigma <how>',
      'a return beyond three standard deviations: mark it, or drop every one, genuine crashes with them',
      oneOf('--three-sigma', ['mark', 'drop'] as const),
      'mark',
    );
}

export interface CleaningChoice {
  readonly longGaps: 'missing' | 'moving-average';
  readonly threeSigma: 'mark' | 'drop';
}

/** What an importer takes. */
export const cleaningOf = ({ longGaps, threeSigma }: CleaningChoice) => ({ cleaning: { longGaps, threeSigma } });
