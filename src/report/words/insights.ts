import type { Language } from '../types.js';

/** Wordings of what the network goes by, of what other choices give, and of parts of the test. */
export interface InsightWords {
  readonly explanation: string;
  readonly fold: (name: string) => string;
  readonly groups: string;
  readonly features: string;
  readonly importanceNote: (v: { samples: string; days: string; repeats: number; test: boolean }) => string;
  readonly days: string;
  readonly rankIcDrop: string;
  readonly importance: string;
  readonly group: string;
  readonly feature: string;
  readonly dealt: string;
  readonly dealtBy: Readonly<Record<'section' | 'days' | 'both', string>>;
  readonly accuracyDrop: string;
  readonly logLossRise: string;
  readonly gradients: string;
  readonly gradientsNote: (v: { samples: string; steps: number; gap: string; ofClasses: boolean }) => string;
  readonly topFeatures: string;
  readonly topFeaturesNote: string;
  readonly meanAbsolute: string;
  readonly lag: string;
  readonly example: (symbol: string, date: string, score: string) => string;
  readonly exampleNote: (baseline: string) => string;
  readonly attention: string;
  readonly attentionNote: (sessions: number) => string;
  readonly head: (number: number) => string;
  readonly query: string;
  readonly key: string;
  readonly noAttention: string;
  readonly groupNames: Readonly<Record<string, string>>;
  readonly sensitivity: string;
  readonly traded: string;
  readonly tradedNote: string;
  readonly tradedSharpe: string;
  readonly tradedSharpeNote: string;
  readonly cost: string;
  readonly rebalance: string;
  readonly rebalances: Readonly<Record<string, string>>;
  readonly everySessions: (count: number) => string;
  readonly refits: string;
  readonly refitsNote: (epochs: string, samples: string) => string;
  readonly refitReturn: string;
  readonly horizon: string;
  readonly trainYears: string;
  readonly ownYears: string;
  readonly all: string;
  readonly trainSamples: string;
  readonly parts: string;
  readonly months: string;
  readonly monthsNote: string;
  readonly monthAccuracy: string;
  readonly monthAccuracyNote: string;
  readonly industries: string;
  readonly industry: string;
  readonly noIndustry: string;
  readonly allIndustries: string;
  readonly contributions: (total: string) => string;
  readonly stocks: string;
  readonly tradedShare: string;
  readonly beforeCosts: string;
  readonly costs: string;
  readonly afterCosts: string;
  readonly accuracy: string;
  readonly majority: string;
  readonly rankIc: string;
  readonly t: string;
  readonly samples: string;
  readonly periods: string;
  readonly period: string;
  readonly periodNames: Readonly<Record<string, string>>;
  readonly sessions: string;
  readonly periodReturns: string;
  readonly strategy: string;
  readonly outside: (names: string) => string;
  readonly annualised: string;
  readonly excess: string;
  readonly sharpe: string;
}

const ENGLISH: InsightWords = {
  explanation: 'What the network goes by',
  fold: (name) => `Of the network of fold ${name}, the last.`,
  groups: 'Importance of feature groups',
  features: 'Most important features',
  importanceNote: ({ samples, days, repeats, test }) =>
    `Drop of the mean daily rank IC when columns are dealt to other stocks of the same day, whole windows at a time; mean and deviation of ${repeats} repeats on ${samples} ${test ? 'test' : 'validation'} samples of ${days} days. Columns that all stocks share are dealt among days.`,
  days: 'days',
  rankIcDrop: 'drop of rank IC',
  importance: 'How much worse the network forecasts with columns dealt to the wrong samples',
  group: 'Group',
  feature: 'Feature',
  dealt: 'Dealt among',
  dealtBy: { section: 'stocks', days: 'days', both: 'both' },
  accuracyDrop: 'Accuracy, points',
  logLossRise: 'Log loss, rise',
  gradients: 'What moves the score, and when',
  gradientsNote: ({ samples, steps, gap, ofClasses }) =>
    `Integrated gradients of ${ofClasses ? 'P(buy) − P(sell)' : 'the forecast, in deviations of the label'}: mean |attribution| in thousandths, summed over the features of a group, by sessions before the forecast; ${samples} test samples, ${steps} steps. Attributions and score differ by ${gap} on average.`,
  topFeatures: 'Features that move the score most',
  topFeaturesNote: 'The same, summed over the window.',
  meanAbsolute: 'mean |attribution|, thousandths',
  lag: 'sessions before the forecast',
  example: (symbol, date, score) => `${symbol}, ${date}: score ${score}`,
  exampleNote: (baseline) =>
    `What each group and session adds, in thousandths, from the score ${baseline} of a window of training means on.`,
  attention: 'Where the heads of attention look',
  attentionNote: (sessions) =>
    `Mean weights in percent: each row is a step that asks, each column one that it looks at; a step is ${sessions} sessions of the window, named by its last one. Attention says where the network looks, not what decides.`,
  head: (number) => `head ${number}`,
  query: 'asks',
  key: 'is looked at',
  noAttention: 'This network has no attention.',
  groupNames: {},
  sensitivity: 'Other choices',
  traded: 'Annual return above the universe held',
  tradedNote:
    'The same forecasts traded at a flat cost of every amount traded, in basis points one way, and a rebalancing period; percentage points.',
  tradedSharpe: 'Sharpe ratio',
  tradedSharpeNote: 'The same.',
  cost: 'basis points',
  rebalance: 'rebalanced',
  rebalances: { daily: 'daily', weekly: 'weekly', monthly: 'monthly' },
  everySessions: (count) => `every ${count}`,
  refits: 'Rank IC by training window and horizon',
  refitsNote: (epochs, samples) =>
    `The network trained again for each, with at most ${epochs} epochs of ${samples} samples, and judged on the test days: for comparison among themselves, not with the run’s own figures.`,
  refitReturn: 'Trained again for other windows and horizons',
  horizon: 'horizon, sessions',
  trainYears: 'years of training',
  ownYears: 'as the run',
  all: 'all',
  trainSamples: 'Training samples',
  parts: 'Where it knew',
  months: 'Rank IC by month',
  monthsNote: 'Mean daily rank IC, in hundredths.',
  monthAccuracy: 'Accuracy above the most frequent class, by month',
  monthAccuracyNote: 'Percentage points above always naming the month’s most frequent class.',
  industries: 'By industry; the rank IC is among the stocks of the industry',
  industry: 'Industry',
  noIndustry: 'not stated',
  allIndustries: 'all',
  contributions: (total) =>
    `What each industry brought, in percentage points of the capital at the start: the parts of the strategy’s total return of ${total}`,
  stocks: 'Stocks',
  tradedShare: 'Share of trading',
  beforeCosts: 'Before costs',
  costs: 'Costs',
  afterCosts: 'After costs',
  accuracy: 'Accuracy',
  majority: 'Most frequent class',
  rankIc: 'Rank IC',
  t: 't',
  samples: 'Samples',
  periods: 'Special periods',
  period: 'Period',
  periodNames: { crash: '2015, the crash', 'trade-war': '2018, the trade war', pandemic: '2020, the pandemic' },
  sessions: 'Sessions',
  periodReturns: 'Total return within the period',
  strategy: 'Strategy',
  outside: (names) =>
    `The test does not reach ${names}: what lies in training data can only be judged under a walk-forward that tests it.`,
  annualised: 'Return p.a.',
  excess: 'vs universe',
  sharpe: 'Sharpe',
};

const CHINESE: InsightWords = {
  explanation: '网络依据什么',
  fold: (name) => `最后一折 ${name} 的网络。`,
  groups: '特征组的重要性',
  features: '最重要的特征',
  importanceNote: ({ samples, days, repeats, test }) =>
    `将特征整窗换成同日其他股票的之后，日均秩 IC 的下降；在 ${days} 天的 ${samples} 个${test ? '测试' : '验证'}样本上重复 ${repeats} 次，给出均值与标准差。所有股票共有的特征在日期之间置换。`,
  days: '日期',
  rankIcDrop: '秩 IC 的下降',
  importance: '特征错配之后预测变差多少',
  group: '特征组',
  feature: '特征',
  dealt: '置换范围',
  dealtBy: { section: '股票', days: '日期', both: '两者' },
  accuracyDrop: '准确率下降（百分点）',
  logLossRise: '对数损失上升',
  gradients: '什么、何时影响得分',
  gradientsNote: ({ samples, steps, gap, ofClasses }) =>
    `${ofClasses ? 'P(买) − P(卖)' : '预测值（以标签标准差计）'}的积分梯度：按组求和的平均绝对归因（千分之一），横轴为预测前的交易日数；${samples} 个测试样本，${steps} 步。归因之和与得分平均相差 ${gap}。`,
  topFeatures: '影响得分最大的特征',
  topFeaturesNote: '同上，在整个窗口上求和。',
  meanAbsolute: '平均绝对归因（千分之一）',
  lag: '预测前的交易日数',
  example: (symbol, date, score) => `${symbol}，${date}：得分 ${score}`,
  exampleNote: (baseline) => `从全部为训练均值的窗口的得分 ${baseline} 起，各组各日增减多少（千分之一）。`,
  attention: '各注意力头看向何处',
  attentionNote: (sessions) =>
    `平均权重（%）：行为发问的时步，列为被看的时步；每一时步含窗口中 ${sessions} 个交易日，以其最后一日命名。注意力说明网络看哪里，而不是由什么决定。`,
  head: (number) => `头 ${number}`,
  query: '发问',
  key: '被看',
  noAttention: '该网络没有注意力。',
  groupNames: {
    'price-volume': '量价',
    technical: '技术指标',
    macro: '宏观',
    fundamental: '基本面',
    news: '新闻',
    trend: '趋势',
    sentiment: '情绪',
    flag: '标记',
    expression: '表达式',
    own: '自定义',
  },
  sensitivity: '其他选择',
  traded: '相对持有股票池的年化超额',
  tradedNote: '同一组预测，按每笔成交金额的单边成本（基点）和调仓周期重新交易；单位为百分点。',
  tradedSharpe: '夏普比率',
  tradedSharpeNote: '同上。',
  cost: '基点',
  rebalance: '调仓',
  rebalances: { daily: '每日', weekly: '每周', monthly: '每月' },
  everySessions: (count) => `每 ${count} 日`,
  refits: '不同训练窗口与期限的秩 IC',
  refitsNote: (epochs, samples) =>
    `逐一重新训练网络，至多 ${epochs} 轮、每轮 ${samples} 个样本，在测试日上评判：只宜相互比较，不宜与本次运行的数字比较。`,
  refitReturn: '按其他窗口与期限重新训练',
  horizon: '期限（交易日）',
  trainYears: '训练年数',
  ownYears: '与本次运行相同',
  all: '全部',
  trainSamples: '训练样本',
  parts: '在哪里有预测能力',
  months: '按月的秩 IC',
  monthsNote: '日均秩 IC，单位为百分之一。',
  monthAccuracy: '按月的准确率减最多类别占比',
  monthAccuracyNote: '比总是预测当月最多的类别高出的百分点。',
  industries: '按行业；秩 IC 为行业内股票之间',
  industry: '行业',
  noIndustry: '未注明',
  allIndustries: '合计',
  contributions: (total) => `各行业的贡献（期初资金的百分点），合计为策略的总收益 ${total}`,
  stocks: '股票数',
  tradedShare: '成交占比',
  beforeCosts: '成本前',
  costs: '成本',
  afterCosts: '成本后',
  accuracy: '准确率',
  majority: '最多类别占比',
  rankIc: '秩 IC',
  t: 't',
  samples: '样本',
  periods: '特殊时期',
  period: '时期',
  periodNames: { crash: '2015 年股灾', 'trade-war': '2018 年贸易战', pandemic: '2020 年疫情' },
  sessions: '交易日',
  periodReturns: '时期内总收益',
  strategy: '策略',
  outside: (names) => `测试期不含 ${names}：落在训练数据中的时期只能由覆盖它的滚动检验来评判。`,
  annualised: '年化收益',
  excess: '相对股票池',
  sharpe: '夏普比率',
};

const WORDS: { readonly [L in Language]: InsightWords } = { en: ENGLISH, zh: CHINESE };

export const insightWords = (language: Language): InsightWords => WORDS[language];
