import {
  type BarField,
  computeFunction,
  FUNCTIONS,
  type FunctionDefinition,
  type FunctionParameters,
  functionByName,
  INDICATORS,
  resolveParameters,
} from '../../indicators/index.js';
import { CandlenetError } from '../../util/index.js';

/** One computation and the columns it gives. */
export interface ColumnGroup {
  readonly columns: readonly string[];
  readonly inputs: readonly BarField[];
  compute(inputs: readonly Float64Array[]): Float64Array[];
}

/** At most one of these; none is the 32 outputs of the model. */
export interface ColumnChoice {
  /** Names among the 32 outputs, or of their functions: `SMA` is SMA_5, SMA_10 and SMA_20. */
  readonly only?: string;
  /** Functions with their parameters in TA-Lib's order or by name: `SMA(10),MACD(5, signalperiod=3)`. */
  readonly functions?: string;
  /** Every function at its defaults. */
  readonly all?: boolean;
}

/** @throws ARGUMENT_INVALID, CONFIG_INVALID naming the option and what is wrong with it */
export function chooseColumns({ only, functions, all = false }: ColumnChoice): readonly ColumnGroup[] {
  const given = [only !== undefined && '--only', functions !== undefined && '--functions', all && '--all'].filter(
    Boolean,
  );
  if (given.length > 1) {
    throw new CandlenetError('ARGUMENT_INVALID', `found ${given.join(' and ')}, expected at most one of them`);
  }
  const groups = pick(only, functions, all);
  const seen = new Set<string>();
  for (const column of groups.flatMap(({ columns }) => columns)) {
    if (seen.has(column)) {
      throw new CandlenetError('ARGUMENT_INVALID', `${given[0]}: found ${column} twice, expected each column once`);
    }
    seen.add(column);
  }
  return groups;
}

function pick(only: string | undefined, functions: string | undefined, all: boolean): readonly ColumnGroup[] {
  if (all) return FUNCTIONS.map((definition) => functionColumns(definition, []));
  if (functions !== undefined) return functions.split(/,(?![^(]*\))/).map(parseFunction);
  const model = INDICATORS.map(({ outputs, inputs, compute }) => ({ columns: outputs, inputs, compute }));
  if (only === undefined) return model;
  const names = only.split(',').map((name) => name.trim());
  const unmatched = new Set(names);
  const wanted = (base: string, column: string) => {
    const matches = names.filter((name) => name === base || name === column || column.startsWith(`${name}_`));
    for (const name of matches) unmatched.delete(name);
    return matches.length > 0;
  };
  const chosen = model.flatMap(({ columns, inputs, compute }) => {
    const kept = columns.flatMap((column, k) => (wanted(columns[0], column) ? [k] : []));
    if (kept.length === 0) return [];
    const some: ColumnGroup = {
      columns: kept.map((k) => columns[k]),
      inputs,
      compute: (series) => {
        const outputs = compute(series);
        return kept.map((k) => outputs[k]);
      },
    };
    return [some];
  });
  for (const name of unmatched) {
    const known = INDICATORS.flatMap(({ outputs }) => outputs).join(', ');
    throw new CandlenetError('ARGUMENT_INVALID', `--only: found "${name}", expected names among ${known}`);
  }
  return chosen;
}

/** `NAME` or `NAME(value, parameter=value, …)`. */
function parseFunction(text: string): ColumnGroup {
  const match = /^\s*([A-Za-z0-9_]+)\s*(?:\(([^()]*)\))?\s*$/.exec(text);
  if (!match) {
    throw new CandlenetError('ARGUMENT_INVALID', `--functions: found "${text.trim()}", expected NAME or NAME(10, 3)`);
  }
  const definition = functionByName(match[1].toUpperCase());
  const values = (match[2] ?? '').split(',').map((value) => value.trim());
  return functionColumns(definition, values.length === 1 && values[0] === '' ? [] : values);
}

function functionColumns(definition: FunctionDefinition, values: readonly string[]): ColumnGroup {
  const given: Record<string, number> = {};
  for (const [k, text] of values.entries()) {
    const [name, value] = text.includes('=') ? text.split('=').map((part) => part.trim()) : [undefined, text];
    const parameter = name ?? definition.parameters[k]?.name;
    if (parameter === undefined || value === '' || Number.isNaN(Number(value))) {
      const expected = definition.parameters.map((p) => p.name).join(', ') || 'no parameters';
      throw new CandlenetError(
        'ARGUMENT_INVALID',
        `--functions: ${definition.name}: found "${text}", expected ${expected}`,
      );
    }
    given[parameter] = Number(value);
  }
  const parameters: FunctionParameters = resolveParameters(definition, given);
  const base = [definition.name, ...Object.values(given)].join('_');
  const { outputs, inputs } = definition;
  return {
    columns: outputs.length === 1 ? [base] : outputs.map((output) => `${base}_${output.toUpperCase()}`),
    inputs,
    compute: (series) => computeFunction(definition, series, parameters),
  };
}
