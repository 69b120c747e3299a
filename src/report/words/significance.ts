import type { Language } from '../types.js';

/** Wordings of the section that asks whether differences are chance. */
export interface SignificanceWords {
  readonly title: string;
  readonly models: (v: { model: string; days: string; samples: string }) => string;
  readonly strategies: (v: { days: string }) => string;
  readonly against: string;
  readonly accuracy: string;
  readonly accuracyHint: string;
  readonly perYear: string;
  readonly perYearHint: string;
  readonly interval: string;
  readonly intervalHint: string;
  readonly t: string;
  readonly tHint: string;
  readonly p: string;
  readonly holm: string;
  readonly holmHint: string;
  readonly wilcoxon: string;
  readonly wilcoxonHint: string;
  readonly mcNemar: string;
  readonly mcNemarHint: string;
  readonly modelsNote: (lags: string, block: string) => string;
  readonly strategiesNote: string;
  readonly resampled: (draws: string) => string;
  readonly resampledNote: (block: string) => string;
  readonly measure: string;
  readonly measured: string;
  readonly low: string;
  readonly median: string;
  readonly high: string;
  readonly below: string;
  readonly belowHint: string;
  readonly annualised: string;
  readonly sharpe: string;
  readonly drawdown: string;
  readonly lead: (other: string) => string;
}

const ENGLISH: SignificanceWords = {
  title: 'Could the difference be chance?',
  models: ({ model, days, samples }) =>
    `Accuracy of ${model} less that of each other model, paired by day: ${days} test days, ${samples} forecasts`,
  strategies: ({ days }) => `Daily return of its portfolio less that of each other, ${days} sessions`,
  against: 'Against',
  accuracy: 'Accuracy',
  accuracyHint: 'Mean over the days of its accuracy on the day less the other’s, in percentage points',
  perYear: 'a year',
  perYearHint: 'Mean daily difference times the sessions of a year; not compounded',
  interval: '95 % interval',
  intervalHint: 'Stationary bootstrap of the mean, blocks of consecutive days drawn together',
  t: 't',
  tHint: 'Of the mean daily difference, with Newey-West errors',
  p: 'p',
  holm: 'p, Holm',
  holmHint: 'The same p-value, corrected for all comparisons of this table',
  wilcoxon: 'p, Wilcoxon',
  wilcoxonHint: 'Signed ranks of the daily differences; takes the days as independent',
  mcNemar: 'p, McNemar',
  mcNemarHint: 'Of the forecasts that only one of the two had right; takes every forecast as independent',
  modelsNote: (lags, block) =>
    `Labels of neighbouring days overlap: t allows for ${lags} days of dependence, the interval draws blocks of some ${block} days. Wilcoxon and McNemar do not allow for it and make differences look surer than they are; McNemar also ignores that all stocks of a day share its market.`,
  strategiesNote:
    'After costs. Of many comparisons one in twenty passes 0.05 by chance alone: Holm’s column counts that in.',
  resampled: (draws) => `The test drawn anew ${draws} times`,
  resampledNote: (block) =>
    `Random re-sampling of the test’s days by the stationary bootstrap (Politis & Romano 1994), in blocks of some ${block} sessions, index and universe on the same days: how far the figures hang on which days came. Days of a kind that the test did not have are in no draw.`,
  measure: 'Measure',
  measured: 'In the test',
  low: '5 %',
  median: 'Median',
  high: '95 %',
  below: 'Below 0',
  belowHint: 'Share of the draws with a loss, or behind the other',
  annualised: 'Return p.a.',
  sharpe: 'Sharpe',
  drawdown: 'Max. drawdown',
  lead: (other) => `Return p.a. above: ${other}`,
};

const CHINESE: SignificanceWords = {
  title: '差异会不会只是偶然？',
  models: ({ model, days, samples }) => `${model}的准确率减去其他各模型，按日配对：${days} 个测试日，${samples} 个预测`,
  strategies: ({ days }) => `其组合的日收益减去其他各策略，${days} 个交易日`,
  against: '对比',
  accuracy: '准确率',
  accuracyHint: '逐日准确率之差的均值，单位为百分点',
  perYear: '年化',
  perYearHint: '日均差乘以一年的交易日数，不计复利',
  interval: '95 % 区间',
  intervalHint: '均值的平稳自助法，连续若干天成块抽取',
  t: 't',
  tHint: '日均差，Newey-West 标准误',
  p: 'p',
  holm: 'p（Holm）',
  holmHint: '同一 p 值，已按本表全部比较校正',
  wilcoxon: 'p（Wilcoxon）',
  wilcoxonHint: '逐日差的符号秩检验，视各日为独立',
  mcNemar: 'p（McNemar）',
  mcNemarHint: '只有一方判对的预测，视每个预测为独立',
  modelsNote: (lags, block) =>
    `相邻日的标签重叠：t 计入 ${lags} 天的相关，区间按约 ${block} 天的块抽取。Wilcoxon 与 McNemar 不计相关，会使差异显得更可靠；McNemar 还忽略同一天的股票同处一个市场。`,
  strategiesNote: '已扣成本。比较多了，二十次中会有一次仅凭偶然低于 0.05：Holm 一列已计入这一点。',
  resampled: (draws) => `将测试期重新抽取 ${draws} 次`,
  resampledNote: (block) =>
    `以平稳自助法（Politis 与 Romano 1994）随机重抽测试期的交易日，按约 ${block} 日的块抽取，指数与股票池取相同的日子：看各项数字在多大程度上取决于恰好出现的日子。测试期没有出现过的行情不会被抽到。`,
  measure: '指标',
  measured: '测试期',
  low: '5 %',
  median: '中位数',
  high: '95 %',
  below: '低于 0',
  belowHint: '亏损或落后的抽取所占比例',
  annualised: '年化收益',
  sharpe: '夏普',
  drawdown: '最大回撤',
  lead: (other) => `年化收益领先：${other}`,
};

const WORDS: { readonly [L in Language]: SignificanceWords } = { en: ENGLISH, zh: CHINESE };

export const significanceWords = (language: Language): SignificanceWords => WORDS[language];
