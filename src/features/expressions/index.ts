export { ALPHA158, type NamedFormula } from './alpha158.js';
export { type EvaluateOptions, evaluateExpressions } from './evaluate.js';
export type { Expression } from './expression.js';
export { alpha158Families, expressionFamilies, familyOfRecipe } from './families.js';
export { lookbackOf } from './lookback.js';
export type { MissingMode } from './missing.js';
export { parseExpression } from './parse.js';
export { formatExpression } from './print.js';
export { alpha158Reference, operatorTable } from './reference.js';
