import { CandlenetError, invariant } from '../../util/index.js';
import { type AnyFamily, type ExpressionRecipe, type FeatureFamily, isMarketFamily } from '../feature-family.js';
import { FEATURE_COLUMNS } from '../feature-set.js';
import type { FeatureColumn } from '../types.js';
import { ALPHA158 } from './alpha158.js';
import { evaluateExpressions } from './evaluate.js';
import { type Expression, needsAmount, needsIndustry } from './expression.js';
import { lookbackOf } from './lookback.js';
import type { MissingMode } from './missing.js';
import { parseExpression } from './parse.js';
import { formatExpression } from './print.js';
import { compile, crossesSections } from './program.js';
import { runProgram } from './run-program.js';

const NAME = /^[A-Za-z_]\w*$/;

/**
 * Factor expressions as columns of the panel, for `buildPanel`'s `families`. Those of one stock alone are computed
 * together, what they have in common once; those that look across the stocks of a day, one by one from the whole market.
 * @param expressions name → text
 * @throws EXPRESSION_INVALID, EXPRESSION_LOOKS_AHEAD; CONFIG_INVALID for a name that is taken or no identifier
 */
export function expressionFamilies(expressions: Readonly<Record<string, string>>): AnyFamily[] {
  const named = Object.entries(expressions).map(([name, text]) => {
    checkName(name);
    try {
      return { name, expression: parseExpression(text) };
    } catch (error) {
      if (!(error instanceof CandlenetError)) throw error;
      throw new CandlenetError(error.code, `features.expressions.${name}: ${error.message}`);
    }
  });
  return families(named, 'traded', 'the configuration');
}

function checkName(name: string): void {
  if (!NAME.test(name)) {
    const rule = 'letters, digits and underscores, the first no digit';
    throw new CandlenetError('CONFIG_INVALID', `features.expressions: found the name "${name}", expected ${rule}`);
  }
  if ([...FEATURE_COLUMNS, ...ALPHA158].some((column) => column.name === name)) {
    throw new CandlenetError('CONFIG_INVALID', `features.expressions: found "${name}", expected a name not yet taken`);
  }
}

/**
 * Qlib's Alpha158 as columns of the panel, in its own semantics of missing bars.
 * @param names some of them only; all by default
 */
export function alpha158Families(names: readonly string[] = ALPHA158.map(({ name }) => name)): AnyFamily[] {
  const named = ALPHA158.filter(({ name }) => names.includes(name)).map(({ name, formula }) => ({
    name,
    expression: parseExpression(formula),
  }));
  return families(named, 'calendar', 'Qlib, Alpha158');
}

/** The family that a recipe was taken of. */
export function familyOfRecipe({ formulas, mode, source }: ExpressionRecipe): FeatureFamily {
  const named = formulas.map(({ name, formula }) => ({ name, expression: parseExpression(formula) }));
  const [family] = families(named, mode, source);
  invariant(family !== undefined && !isMarketFamily(family), 'a recipe is of one stock alone');
  return family as FeatureFamily;
}

interface Named {
  readonly name: string;
  readonly expression: Expression;
}

function families(named: readonly Named[], mode: MissingMode, source: string): AnyFamily[] {
  const column = ({ name, expression }: Named): FeatureColumn => ({
    name,
    group: 'expression',
    formula: formatExpression(expression),
    source,
    lookback: lookbackOf(expression),
  });
  const across = named.filter(({ expression }) => crossesSections(compile([expression])));
  const alone = named.filter((one) => !across.includes(one));
  const made: AnyFamily[] = [];
  for (const amount of [false, true]) {
    const members = alone.filter(({ expression }) => needsAmount(expression) === amount);
    if (members.length === 0) continue;
    const program = compile(members.map(({ expression }) => expression));
    made.push({
      columns: members.map(column),
      needsAmount: amount,
      compute: (series) => runProgram(program, series, mode, program.outputs),
      recipe: {
        formulas: members.map(({ name, expression }) => ({ name, formula: formatExpression(expression) })),
        ...{ mode, source },
      },
    });
  }
  for (const one of across) {
    made.push({
      columns: [column(one)],
      lacks: ({ hasAmount, hasIndustries }) => {
        if (needsAmount(one.expression) && !hasAmount) return 'the source has no traded amounts';
        return needsIndustry(one.expression) && !hasIndustries ? 'the source has no industries' : null;
      },
      computeMarket: ({ bars, universe, industries }) =>
        evaluateExpressions(bars, [one.expression], { missing: mode, universe, industries })[0],
    });
  }
  return made;
}
