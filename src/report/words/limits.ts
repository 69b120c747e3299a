import type { Language } from '../types.js';

/** Wordings of the section on break-even cost and capacity. */
export interface LimitWords {
  readonly title: string;
  readonly costs: string;
  readonly costsNote: string;
  readonly capital: string;
  readonly capitalNote: string;
  readonly rate: string;
  readonly money: string;
  readonly overBenchmark: (index: string) => string;
  readonly overUniverse: string;
  readonly net: string;
  readonly breakEven: (against: string, bps: string, analytic: string) => string;
  readonly neverEven: (against: string) => string;
  readonly evenBeyond: (against: string, bps: string) => string;
  readonly capacity: (against: string, capital: string) => string;
  readonly unplaced: (against: string, capital: string) => string;
  /** `capital`: the smallest one placed. */
  readonly neverLeads: (against: string, capital: string) => string;
  readonly leadsBeyond: (against: string, capital: string) => string;
  readonly undefinedFor: (against: string) => string;
  readonly universe: string;
  readonly invested: (most: string, small: string, least: string, large: string) => string;
  readonly impact: (coefficient: string) => string;
  readonly noImpact: string;
}

const ENGLISH: LimitWords = {
  title: 'What costs and size leave of it',
  costs: 'Excess return against the cost rate',
  costsNote: 'Back-tested again with this rate on every amount bought or sold as the only cost.',
  capital: 'Net return against capital',
  capitalNote:
    'With all costs and the cap on the share of volume; left out where a quarter of the money finds no stocks.',
  rate: 'basis points, one way',
  money: 'initial capital',
  overBenchmark: (index) => `above ${index}`,
  overUniverse: 'above the universe held',
  net: 'return p.a.',
  breakEven: (against, bps, analytic) =>
    `Its lead over ${against} is gone at ${bps} bp of every amount traded (first-order check: ${analytic} bp).`,
  neverEven: (against) => `Even without costs it does not lead ${against}: there is no break-even cost.`,
  evenBeyond: (against, bps) =>
    `Its lead over ${against} outlasts ${bps} bp of every amount traded, the highest rate tried.`,
  capacity: (against, capital) => `It leads ${against} up to a capital of some ${capital}.`,
  unplaced: (against, capital) =>
    `It leads ${against} up to a capital of some ${capital}, beyond which a quarter of the money finds no stocks.`,
  neverLeads: (against, capital) =>
    `With all costs it does not lead ${against} even with ${capital}, the smallest capital that finds its stocks; a lead with larger ones alone does not count.`,
  leadsBeyond: (against, capital) => `It still leads ${against} with ${capital}, the largest capital tried.`,
  undefinedFor: (against) => `Against ${against} nothing can be measured.`,
  universe: 'the universe held',
  invested: (most, small, least, large) =>
    `With ${small} a mean of ${most} of the money was in stocks, with ${large} ${least}: what is not placed stays in cash, which leads any market that falls.`,
  impact: (coefficient) =>
    `Market impact: ${coefficient} × daily volatility × √(share of the daily volume) of the amount.`,
  noImpact: 'Market impact is not charged: only the cap on the share of volume holds a large portfolio back.',
};

const CHINESE: LimitWords = {
  title: '成本与规模之后还剩多少',
  costs: '超额收益与成本率',
  costsNote: '每笔买卖金额只按该比率收取成本，重新回测。',
  capital: '净收益与资金规模',
  capitalNote: '计入全部成本与成交量占比上限；四分之一资金买不进股票处不画。',
  rate: '单边基点',
  money: '初始资金',
  overBenchmark: (index) => `相对${index}`,
  overUniverse: '相对持有股票池',
  net: '年化收益',
  breakEven: (against, bps, analytic) =>
    `当每笔成交金额的成本达到 ${bps} 个基点时，对${against}的超额消失（一阶估算：${analytic} 个基点）。`,
  neverEven: (against) => `即使没有成本也不领先${against}，因此不存在盈亏平衡成本。`,
  evenBeyond: (against, bps) => `在所试的最高成本 ${bps} 个基点下仍领先${against}。`,
  capacity: (against, capital) => `资金规模在约 ${capital} 以内领先${against}。`,
  unplaced: (against, capital) => `资金规模在约 ${capital} 以内领先${against}；再大则有四分之一的资金买不进股票。`,
  neverLeads: (against, capital) =>
    `计入全部成本后，即使以能买足股票的最小资金 ${capital} 也不领先${against}；仅在更大规模下的领先不算数。`,
  leadsBeyond: (against, capital) => `在所试的最大规模 ${capital} 下仍领先${against}。`,
  undefinedFor: (against) => `相对${against}无法衡量。`,
  universe: '持有股票池',
  invested: (most, small, least, large) =>
    `资金为 ${small} 时平均有 ${most} 在股票上，为 ${large} 时为 ${least}：买不进的部分留作现金，在下跌的市场中现金总是领先。`,
  impact: (coefficient) => `市场冲击：${coefficient} × 日波动率 × √（占日成交量之比）× 金额。`,
  noImpact: '未计市场冲击：只有成交量占比上限会限制大资金。',
};

const WORDS: { readonly [L in Language]: LimitWords } = { en: ENGLISH, zh: CHINESE };

export const limitWords = (language: Language): LimitWords => WORDS[language];
