import type { Language } from '../types.js';

/** Wordings of the section on where the return came from. */
export interface AttributionWords {
  readonly title: string;
  readonly capm: (sessions: string, benchmark: string) => string;
  readonly factors: (sessions: string) => string;
  readonly strategy: string;
  readonly alpha: string;
  readonly alphaHint: string;
  readonly t: string;
  readonly p: string;
  readonly beta: string;
  readonly rSquared: string;
  readonly factor: string;
  readonly exposure: string;
  readonly exposureHint: string;
  readonly factorReturn: string;
  readonly factorReturnHint: string;
  readonly names: Readonly<Record<string, string>>;
  readonly verdict: (v: { capm: string; capmT: string; factors: string; factorsT: string; rSquared: string }) => string;
  readonly note: (share: string) => string;
  readonly missing: (names: string) => string;
  readonly separator: string;
}

const ENGLISH: AttributionWords = {
  title: 'Where did the return come from?',
  capm: (sessions, benchmark) => `CAPM: excess return on that of ${benchmark}, ${sessions} sessions`,
  factors: (sessions) => `The strategy on factors made from this store, ${sessions} sessions`,
  strategy: 'Strategy',
  alpha: 'Alpha a year',
  alphaHint: 'What is left of the mean daily excess return, times the sessions of a year',
  t: 't',
  p: 'p',
  beta: 'Beta',
  rSquared: 'R²',
  factor: 'Factor',
  exposure: 'Exposure',
  exposureHint: 'Regression coefficient, with Newey-West errors',
  factorReturn: 'Factor’s own return',
  factorReturnHint: 'Mean daily return times the sessions of a year, before costs',
  names: {
    market: 'market, less the risk-free rate',
    size: 'size: small less large',
    value: 'value: cheap less dear',
    momentum: 'momentum: winners less losers of the year before last month',
    reversal: 'reversal: losers less winners of last month',
    'low-volatility': 'low volatility: calm less volatile',
    alpha: 'alpha, unexplained',
  },
  verdict: ({ capm, capmT, factors, factorsT, rSquared }) =>
    `Against the market alone it had an alpha of ${capm} a year (t ${capmT}); beside all factors ${factors} (t ${factorsT}), with ${rSquared} of its daily variation explained.`,
  note: (share) =>
    `Each factor holds the ${share} of the universe on either side, equally weighted, chosen at the last close before each month from what was known then; they cost nothing, a real portfolio would. Errors after Newey and West.`,
  missing: (names) => `The store cannot give: ${names}.`,
  separator: '; ',
};

const CHINESE: AttributionWords = {
  title: '收益从何而来？',
  capm: (sessions, benchmark) => `CAPM：超额收益对${benchmark}超额收益的回归，${sessions} 个交易日`,
  factors: (sessions) => `策略对由本数据构造的因子的回归，${sessions} 个交易日`,
  strategy: '策略',
  alpha: '年化 Alpha',
  alphaHint: '日均超额收益中未被解释的部分，乘以一年的交易日数',
  t: 't',
  p: 'p',
  beta: 'Beta',
  rSquared: 'R²',
  factor: '因子',
  exposure: '暴露',
  exposureHint: '回归系数，Newey-West 标准误',
  factorReturn: '因子自身收益',
  factorReturnHint: '日均收益乘以一年的交易日数，未扣成本',
  names: {
    market: '市场，减无风险利率',
    size: '规模：小市值减大市值',
    value: '价值：低估减高估',
    momentum: '动量：除最近一个月外过去一年的赢家减输家',
    reversal: '反转：上月输家减赢家',
    'low-volatility': '低波动：低波减高波',
    alpha: 'Alpha，未被解释',
  },
  verdict: ({ capm, capmT, factors, factorsT, rSquared }) =>
    `仅对市场，其年化 Alpha 为 ${capm}（t ${capmT}）；计入全部因子后为 ${factors}（t ${factorsT}），日收益波动的 ${rSquared} 得到解释。`,
  note: (share) =>
    `每个因子在股票池两端各取 ${share}，等权，于每月前最后一个收盘按当时所知选定；因子不计成本，真实组合则有。标准误按 Newey 与 West。`,
  missing: (names) => `数据无法给出：${names}。`,
  separator: '；',
};

const WORDS: { readonly [L in Language]: AttributionWords } = { en: ENGLISH, zh: CHINESE };

export const attributionWords = (language: Language): AttributionWords => WORDS[language];
