import { invariant } from '../../util/index.js';
import type { Expression, FieldName } from './expression.js';
import { OPERATORS } from './operators.js';
import { formatExpression } from './print.js';

export type Step =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'field'; readonly name: FieldName }
  | {
      readonly kind: 'section';
      readonly operator: string;
      readonly args: readonly number[];
      readonly byIndustry: boolean;
      readonly share: number;
    }
  | {
      readonly kind: 'element' | 'window' | 'pair-window' | 'shift';
      readonly operator: string;
      readonly args: readonly number[];
      readonly window: number;
      readonly share: number;
    };

/** Expressions as a list of steps, each after what it needs; what two expressions have in common is one step. */
export interface Program {
  readonly steps: readonly Step[];
  /** Step of each expression. */
  readonly outputs: readonly number[];
  /** Whether a step stays in float32 in Qlib: its fields, and what is made of them day by day. */
  readonly single: readonly boolean[];
}

export function compile(expressions: readonly Expression[]): Program {
  const steps: Step[] = [];
  const known = new Map<string, number>();
  const place = (expression: Expression): number => {
    const key = formatExpression(expression);
    const before = known.get(key);
    if (before !== undefined) return before;
    const step = toStep(expression, place);
    known.set(key, steps.length);
    return steps.push(step) - 1;
  };
  const outputs = expressions.map(place);
  const single: boolean[] = [];
  for (const step of steps) {
    const daily = step.kind === 'element' || step.kind === 'shift';
    single.push(step.kind === 'field' || (daily && step.args.every((at) => steps[at].kind === 'number' || single[at])));
  }
  return { steps, outputs, single };
}

function toStep(expression: Expression, place: (argument: Expression) => number): Step {
  if (expression.kind === 'number') return { kind: 'number', value: expression.value };
  if (expression.kind === 'field') return { kind: 'field', name: expression.name };
  invariant(expression.kind === 'call', 'a group is an argument of a cross-section');
  const { operator, args } = expression;
  const { kind, series } = OPERATORS[operator];
  if (kind === 'cross-section') {
    const others = args.slice(1).filter((argument) => argument.kind !== 'group');
    const share = operator === 'winsorize' && others[0].kind === 'number' ? others[0].value : Number.NaN;
    return {
      ...{ kind: 'section', operator, share },
      args: [args[0], ...(operator === 'neutralize' ? others : [])].map(place),
      byIndustry: others.length < args.length - 1,
    };
  }
  const places = args.slice(0, series).map(place);
  const constant = (at: number) => {
    const argument = args[at];
    return argument?.kind === 'number' ? argument.value : Number.NaN;
  };
  return { kind, operator, args: places, window: constant(series), share: constant(series + 1) };
}

/** Whether a step, or one it needs, is taken over the stocks of a day. */
export function crossesSections(program: Program): boolean {
  return program.steps.some(({ kind }) => kind === 'section');
}
