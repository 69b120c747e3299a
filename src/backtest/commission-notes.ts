import type { TradingRules } from '../market/index.js';
import { type CostModel, commissionOf, leastCommissionOf } from './costs.js';

const bps = (fraction: number) => `${Number((fraction * 10_000).toPrecision(4))} bp`;

/** One value, or the least and the greatest of several. */
function range(values: readonly number[], text: (value: number) => string): string {
  const low = Math.min(...values);
  const high = Math.max(...values);
  return low === high ? text(low) : `${text(low)} to ${text(high)} by the rule of the day`;
}

/** The commission in words, over all rules of a period. */
export function commissionText(costs: CostModel, rules: readonly TradingRules[], currency: string): string {
  if (rules.length === 0) return 'commission by the rulebook';
  const money = (amount: number) => `${amount} ${currency}`.trim();
  const least = rules.map((one) => leastCommissionOf(costs, one));
  const atLeast = least.some((amount) => amount > 0) ? `, at least ${range(least, money)} an order` : ', no least one';
  return `commission ${range(
    rules.map((one) => commissionOf(costs, one)),
    bps,
  )}${atLeast}`;
}

/** Says how commissions that the options give stand outside the rules of the period; they are charged as given all the same. */
export function unlawfulCommissions(costs: CostModel, rules: readonly TradingRules[], currency: string): string[] {
  if (costs.model === 'flat') return [];
  const against = new Set<string>();
  for (const one of rules) {
    const { commissionFixed, commissionMaximum, commissionFloor, commissionMinimum } = one;
    const rate = commissionOf(costs, one);
    const least = leastCommissionOf(costs, one);
    if (commissionFixed !== null && rate !== commissionFixed) against.add(`the fixed rate of ${bps(commissionFixed)}`);
    if (commissionMaximum !== null && rate > commissionMaximum)
      against.add(`the most allowed, ${bps(commissionMaximum)}`);
    if (rate < commissionFloor) against.add(`the least allowed, ${bps(commissionFloor)}`);
    if (least < commissionMinimum) against.add(`the least of an order, ${`${commissionMinimum} ${currency}`.trim()}`);
  }
  if (against.size === 0) return [];
  return [
    `The commission is charged as given, although the rules of the period have other: ${[...against].join('; ')}.`,
  ];
}
