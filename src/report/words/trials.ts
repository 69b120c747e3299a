import type { Language } from '../types.js';

/** Wordings of how much was tried and what that leaves of the figures. */
export interface TrialWords {
  readonly title: string;
  readonly counted: (of: { own: string; others: string; all: string; from: string; to: string }) => string;
  readonly independent: (of: { independent: string; deviation: string }) => string;
  readonly elsewhere: (count: string) => string;
  readonly deflated: string;
  readonly strategy: string;
  readonly lead: string;
  readonly sharpe: string;
  readonly threshold: string;
  readonly thresholdHint: string;
  readonly probability: string;
  readonly probabilityHint: string;
  readonly overfitting: (of: { trials: string; blocks: number; probability: string; loss: string }) => string;
  readonly noOverfitting: (trials: string) => string;
  readonly superior: (of: { best: string; p: string; realityCheckP: string }) => string;
  readonly noSuperior: string;
  /** One line of the terminal's summary. */
  readonly summary: (of: { all: string; probability: string; threshold: string }) => string;
}

const WORDS: { readonly [L in Language]: TrialWords } = {
  en: {
    title: 'How much was tried',
    counted: ({ own, others, all, from, to }) =>
      `${all} configurations were judged on days between ${from} and ${to}: ${own} of this run (its models, the strategies without a model, and the subject without each risk control) and ${others} of earlier ones, from the trial ledger beside the runs. Placebos do not count: nobody would have chosen one.`,
    independent: ({ independent, deviation }) =>
      `They resemble one another, so they are worth ${independent} independent trials; their Sharpe ratios deviate by ${deviation} a year.`,
    elsewhere: (count) =>
      `${count} more were judged on other days of this market alone, such as the candidates of a search: these days had no part in choosing among them, and they do not raise the bar.`,
    deflated: 'Sharpe ratios beside what luck would show (deflated Sharpe ratio, Bailey & López de Prado 2014)',
    strategy: 'the strategy',
    lead: 'its daily lead over holding the universe',
    sharpe: 'Sharpe ratio',
    threshold: 'best of luck',
    thresholdHint: 'the ratio expected of the best of so many trials without any skill: trying more raises it',
    probability: 'deflated',
    probabilityHint:
      'probability that the true ratio lies above what luck would show, given length, skew and kurtosis of the returns; 95 % is the usual bar',
    overfitting: ({ trials, blocks, probability, loss }) =>
      `Probability of back-test overfitting ${probability}: so often is the best of ${trials} trials on one half of ${blocks} blocks of sessions below the middle on the other half (every choice of half of the blocks; Bailey, Borwein, López de Prado & Zhu 2017). In ${loss} of them it loses money there.`,
    noOverfitting: (trials) =>
      `The probability of back-test overfitting is not given: it takes ten trials that have all days in common, over eighty sessions or more; there are ${trials} trials.`,
    superior: ({ best, p, realityCheckP }) =>
      `Does any of them beat holding the universe? The largest lead, measured by its error, is that of ${best}: p ${p} that the best of all could lead so far by luck (test of superior predictive ability, Hansen 2005), ${realityCheckP} by White’s reality check, which counts hopeless trials too.`,
    noSuperior:
      'Whether the best of them could be luck is not tested: too few sessions, or none of them ever differs from the universe.',
    summary: ({ all, probability, threshold }) =>
      `Configurations tried: ${all}. Luck alone shows a Sharpe of ${threshold}; better with ${probability}`,
  },
  zh: {
    title: '尝试了多少次',
    counted: ({ own, others, all, from, to }) =>
      `共有 ${all} 个配置在 ${from} 至 ${to} 之间的交易日上被评判：本次运行 ${own} 个（各模型、无模型策略，以及逐一去掉风险控制的本策略），此前的运行 ${others} 个，取自运行文件夹旁的试验账本。安慰剂不计入：没有人会选它。`,
    independent: ({ independent, deviation }) =>
      `它们彼此相似，相当于 ${independent} 次独立试验；其年化夏普比率的标准差为 ${deviation}。`,
    elsewhere: (count) =>
      `另有 ${count} 个只在该市场的其他交易日上被评判，例如搜索中的候选：选择它们时没有用到这些交易日，因此不提高门槛。`,
    deflated: '夏普比率与运气所能达到的水平（收缩夏普比率，Bailey & López de Prado 2014）',
    strategy: '本策略',
    lead: '相对持有全部股票的每日超额',
    sharpe: '夏普比率',
    threshold: '运气所及',
    thresholdHint: '如此多次毫无能力的试验中最好一次的期望夏普比率：尝试越多，门槛越高',
    probability: '收缩后',
    probabilityHint: '考虑收益的长度、偏度和峰度后，真实比率高于运气所及的概率；通常要求 95 %',
    overfitting: ({ trials, blocks, probability, loss }) =>
      `回测过拟合概率 ${probability}：把交易日分为 ${blocks} 段，在一半上最好的试验（共 ${trials} 个）在另一半上排名落到中位以下的比例（取遍各种对半划分；Bailey、Borwein、López de Prado & Zhu 2017）。其中 ${loss} 在另一半上亏损。`,
    noOverfitting: (trials) =>
      `未给出回测过拟合概率：需要至少十个具有全部共同交易日的试验和八十个交易日；现有 ${trials} 个试验。`,
    superior: ({ best, p, realityCheckP }) =>
      `其中有没有胜过持有全部股票的？按误差衡量领先最多的是${best}：所有试验中最好的一个凭运气领先这么多的概率 p 为 ${p}（优越预测能力检验，Hansen 2005），按 White 的现实检验为 ${realityCheckP}，后者把毫无希望的试验也算在内。`,
    noSuperior: '未检验最好的试验是否出于运气：交易日太少，或没有任何试验与持有全部股票有差别。',
    summary: ({ all, probability, threshold }) =>
      `尝试过 ${all} 个配置，仅凭运气夏普比率可达 ${threshold}；本策略高于此的概率：${probability}`,
  },
};

export const trialWords = (language: Language): TrialWords => WORDS[language];
