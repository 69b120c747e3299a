import type { BarMatrix } from '../../market/index.js';
import { CandlenetError } from '../../util/index.js';
import { tradedSeries } from '../traded-bars.js';
import { crossSection, groupSymbols } from './cross-section.js';
import { type Expression, needsAmount, needsIndustry } from './expression.js';
import type { MissingMode } from './missing.js';
import { parseExpression } from './parse.js';
import { formatExpression } from './print.js';
import { compile, type Program } from './program.js';
import { runProgram } from './run-program.js';

export interface EvaluateOptions {
  /** Default `traded`. */
  readonly missing?: MissingMode;
  /** [S × D], 1 for the members that ranks and other cross-sections are taken over; every stock by default. */
  readonly universe?: Uint8Array | null;
  /** Industry of each symbol, for what is taken industry by industry; a symbol without one has no value there. */
  readonly industries?: ReadonlyMap<string, string> | null;
}

/**
 * Evaluates expressions over a market: one float32 matrix [S × D] each, NaN on the days a stock did not trade and wherever
 * the value is not finite.
 * @param expressions parsed, or as text
 * @throws EXPRESSION_INVALID, EXPRESSION_LOOKS_AHEAD; CONFIG_INVALID where traded amounts or industries are asked for and
 * there are none
 */
export function evaluateExpressions(
  bars: BarMatrix,
  expressions: readonly (Expression | string)[],
  options: EvaluateOptions = {},
): Float32Array[] {
  const parsed = expressions.map((one) => (typeof one === 'string' ? parseExpression(one) : one));
  const lacking = bars.amount === null ? parsed.find(needsAmount) : undefined;
  if (lacking !== undefined) {
    const text = formatExpression(lacking);
    throw new CandlenetError('CONFIG_INVALID', `"${text}": the source has no traded amounts, expected one that has`);
  }
  const { universe = null, industries = null } = options;
  const ungrouped = industries === null ? parsed.find(needsIndustry) : undefined;
  if (ungrouped !== undefined) {
    const text = formatExpression(ungrouped);
    throw new CandlenetError('CONFIG_INVALID', `"${text}": the source has no industries, expected one that has`);
  }
  const program = compile(parsed);
  const mode = options.missing ?? 'traded';
  const sections = makeSections(program, bars, mode, universe, industries);
  const matrices = parsed.map(() => new Float32Array(bars.symbols.length * bars.dates.length).fill(Number.NaN));
  forEachSymbol(program, bars, mode, program.outputs, sections, (k, cell, value) => {
    const single = Math.fround(value);
    if (Number.isFinite(single)) matrices[k][cell] = single;
  });
  return matrices;
}

type Sections = ReadonlyMap<number, Float64Array>;

/** The matrices of the steps over stocks, the inner ones first. */
function makeSections(
  program: Program,
  bars: BarMatrix,
  mode: MissingMode,
  universe: Uint8Array | null,
  industries: ReadonlyMap<string, string> | null,
): Sections {
  const sections = new Map<number, Float64Array>();
  for (const [at, step] of program.steps.entries()) {
    if (step.kind !== 'section') continue;
    const values = step.args.map(() => new Float64Array(bars.symbols.length * bars.dates.length).fill(Number.NaN));
    forEachSymbol(program, bars, mode, step.args, sections, (k, cell, value) => {
      values[k][cell] = value;
    });
    const groups = step.byIndustry ? groupSymbols(bars.symbols, industries) : null;
    sections.set(at, crossSection(step, values, { universe, groups, days: bars.dates.length }));
  }
  return sections;
}

function forEachSymbol(
  program: Program,
  bars: BarMatrix,
  mode: MissingMode,
  asked: readonly number[],
  sections: Sections,
  put: (k: number, cell: number, value: number) => void,
): void {
  const days = bars.dates.length;
  for (let s = 0; s < bars.symbols.length; s++) {
    const series = tradedSeries(bars, s);
    const { sessions } = series;
    const offset = s * days;
    const own = new Map(
      [...sections].map(([at, matrix]) => [at, Float64Array.from(sessions, (session) => matrix[offset + session])]),
    );
    for (const [k, values] of runProgram(program, series, mode, asked, own).entries()) {
      for (let i = 0; i < sessions.length; i++) put(k, offset + sessions[i], values[i]);
    }
  }
}
