import type { Column, Columns } from '../kernels/index.js';

/** What a function reads of a bar. */
export type BarField = 'open' | 'high' | 'low' | 'close' | 'volume';

/** A function's state on one unbroken run of bars: takes the inputs of the next bar, leaves in `out` what is defined. */
export type Step = (bar: Float64Array, out: Float64Array) => void;

/** A function on a whole unbroken run of bars at once, by a kernel that gives the bits of the steps. */
export type Batch = (
  columns: Pick<Columns, 'kernels' | 'bars' | 'stride' | 'work'>,
  inputs: readonly Column[],
  outputs: readonly Column[],
) => void;

/** A step of one value to one value, NaN while warming up. */
export type Filter = (value: number) => number;

/** Values of a function's parameters under TA-Lib's names. */
export type FunctionParameters = Readonly<Record<string, number>>;

export interface FunctionParameter {
  /** As TA-Lib's Python package calls it. */
  readonly name: string;
  readonly default: number;
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
}

/** A function of TA-Lib: `inputs` of a bar to `outputs`, with its parameters. */
export interface FunctionDefinition {
  readonly name: string;
  readonly group: string;
  readonly inputs: readonly BarField[];
  readonly outputs: readonly string[];
  readonly parameters: readonly FunctionParameter[];
  /** True where the value depends on all of the history, with decaying weight or a running total. */
  readonly recursive: boolean;
  /** Whether TA-Lib lets the warm-up be lengthened by an unstable period. */
  readonly unstable: boolean;
  /** Bars before the first defined output. */
  lookback(parameters: FunctionParameters): number;
  /** A fresh state. */
  step(parameters: FunctionParameters): Step;
  /** The kernel for these parameters, where there is one. */
  batch?(parameters: FunctionParameters): Batch | undefined;
}

/** TA-Lib's longest period. */
const LONGEST = 100_000;

/** A parameter counted in bars. */
export function bars(value: number, least = 2, name = 'timeperiod'): FunctionParameter {
  return { name, default: value, least, most: LONGEST, whole: true };
}

/** A parameter that is any number from `least` to `most`. */
export function factor(name: string, value: number, least = -3e37, most = 3e37): FunctionParameter {
  return { name, default: value, least, most, whole: false };
}

/** The step that passes the first input through a filter. */
export function filtered(filter: Filter): Step {
  return (bar, out) => {
    out[0] = filter(bar[0]);
  };
}

type Described = Pick<FunctionDefinition, 'name' | 'inputs' | 'lookback' | 'step'> & Partial<FunctionDefinition>;

/** Definitions of one group; what is left out is: one output `real`, no parameters, not recursive, no unstable period. */
export function group(name: string, functions: readonly Described[]): FunctionDefinition[] {
  return functions.map((described) => ({
    group: name,
    outputs: ['real'],
    parameters: [],
    recursive: false,
    unstable: false,
    ...described,
  }));
}
