import { ALPHA158 } from './alpha158.js';
import { lookbackOf } from './lookback.js';
import { OPERATORS } from './operators.js';
import { parseExpression } from './parse.js';

const ALPHA158_PREAMBLE = `# Alpha158

<!-- Written by scripts/make-docs.mjs from src/features/expressions/alpha158.ts; do not edit by hand. -->

Qlib's set of 158 factors, written in [factor expressions](expressions.md): \`features: { groups: [alpha158] }\`. They are evaluated
on the calendar, in Qlib's semantics of missing bars, and are equal to Qlib's own values within two of float32's last places
(correlations: within 10⁻⁶); the reference values come from Qlib 0.9.7 by \`bench/peers/qlib_alpha158.py\`. \`VWAP0\` needs traded amounts.
*Lookback* counts sessions, the day itself included; before they are there the windows are shorter, as in Qlib.

| column | formula | lookback |
| --- | --- | ---: |
`;

/** The page `docs/alpha158.md`. */
export function alpha158Reference(): string {
  const rows = ALPHA158.map(
    ({ name, formula }) => `| \`${name}\` | \`${formula}\` | ${lookbackOf(parseExpression(formula))} |`,
  );
  return `${ALPHA158_PREAMBLE}${rows.join('\n')}\n`;
}

/** The table of operators in `docs/expressions.md`: how each is written and what it is. */
export function operatorTable(): string {
  const rows = Object.entries(OPERATORS).map(([name, { kind, series, infix, meaning, written }]) => {
    if (infix !== undefined) return `| \`x ${infix.symbol} y\`, \`${name}(x, y)\` | ${meaning} |`;
    if (written?.length) return `| ${written.map((one) => `\`${one}\``).join(', ')} | ${meaning} |`;
    if (name === 'neg') return `| \`-x\`, \`neg(x)\` | ${meaning} |`;
    const args = ['x', 'y', 'z'].slice(0, series);
    if (kind === 'window' || kind === 'pair-window' || kind === 'shift') args.push('n');
    if (name === 'quantile') args.push('q');
    return `| \`${name}(${args.join(', ')})\` | ${meaning} |`;
  });
  return ['| written | value |', '| --- | --- |', ...rows, ''].join('\n');
}
