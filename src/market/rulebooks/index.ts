export { RULEBOOK_NAMES, rowsAtVenue, rulebookByName, ruleOn } from './lookup.js';
export { rulebookMarkdown } from './markdown.js';
export { buyableShares, sellableShares } from './order-size.js';
export {
  isLimitDown,
  isLimitUp,
  type LimitSheet,
  type PriceLimits,
  priceLimitsOf,
  roundToTick,
} from './price-limits.js';
export { freeSessionsOfListing, type TradingRules, tradingRulesOn } from './trading-rules.js';
export type { Rulebook, RuleName, RuleRow, Venue } from './types.js';
