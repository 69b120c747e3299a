import type { Language } from '../types.js';

/** Wordings of the figures of the data. Masks, reasons and types that are not here are told in the run's own words. */
export interface DataWords {
  readonly tableOne: string;
  readonly dataType: string;
  readonly samples: string;
  readonly sample: string;
  readonly variables: string;
  readonly span: string;
  readonly missing: string;
  readonly source: string;
  readonly types: Readonly<Record<string, string>>;
  readonly sampleKinds: Readonly<Record<string, string>>;
  readonly bars: (v: { stockDays: string; suspended: string; missing: string }) => string;
  readonly cleaning: string;
  readonly cleaningRule: string;
  readonly outcome: string;
  readonly stockDays: string;
  readonly share: string;
  readonly stocks: string;
  readonly outcomes: Readonly<Record<'mended' | 'dropped' | 'extreme', string>>;
  readonly masks: Readonly<Record<string, string>>;
  readonly extremes: (count: string, share: string) => string;
  readonly coverage: string;
  readonly coverageNote: (mean: string, without: string) => string;
  readonly screening: (after: string, before: string) => string;
  readonly screeningNote: string;
  readonly notScreened: string;
  readonly reasons: Readonly<Record<string, string>>;
  readonly groups: string;
  readonly group: string;
  readonly used: string;
  readonly worst: string;
  readonly leftOut: (maxMissing: string) => string;
}

const ENGLISH: DataWords = {
  tableOne: 'What the market holds (Table 1)',
  dataType: 'Data type',
  samples: 'Samples',
  sample: 'A sample is',
  variables: 'Variables',
  span: 'Span',
  missing: 'Missing',
  source: 'Source',
  types: {},
  sampleKinds: {},
  bars: ({ stockDays, suspended, missing }) =>
    `Of ${stockDays} sessions of a stock between its first and last bar, ${suspended} were without trade and ${missing} without a bar.`,
  cleaning: 'Cleaning, by mask',
  cleaningRule: 'Bars',
  outcome: 'What was done',
  stockDays: 'Stock-days',
  share: 'Share',
  stocks: 'Stocks',
  outcomes: { mended: 'mended', dropped: 'dropped, untradeable', extreme: 'kept as a genuine extreme' },
  masks: {},
  extremes: (count, share) =>
    `${count} stock-days (${share}) are kept as genuine extremes by one rule or more. Every rule looks back only.`,
  coverage: 'Coverage of the index',
  coverageNote: (mean, without) =>
    `Members with a bar of all members of the day; ${mean} on average. ${without} members never have one while they belong to it.`,
  screening: (after, before) => `Screening, as of each date: ${after} of ${before} stock-days left`,
  screeningNote: 'A stock-day dropped for two reasons is counted under both.',
  notScreened: 'Nothing was screened: the universe is the index as it was on each day.',
  reasons: {},
  groups: 'Missing values of the inputs, on training days past the warm-up',
  group: 'Group',
  used: 'Columns used',
  worst: 'Most missing',
  leftOut: (maxMissing) => `Left out, over ${maxMissing} missing`,
};

const CHINESE: DataWords = {
  tableOne: '市场里有什么（表 1）',
  dataType: '数据类型',
  samples: '样本数',
  sample: '一个样本是',
  variables: '变量数',
  span: '区间',
  missing: '缺失率',
  source: '来源',
  types: {
    'Stock prices': '股票行情',
    'Technical indicators': '技术指标',
    'Macroeconomic series': '宏观序列',
    Fundamentals: '财务数据',
    'Daily ratios': '每日估值指标',
    News: '新闻',
  },
  sampleKinds: {
    'stock-day inside a listing': '上市期内的股票日',
    'stock-day traded': '有成交的股票日',
    'session; missing before the first release': '交易日；首次发布前为缺失',
    'company and period': '公司与报告期',
    'stock-day': '股票日',
    'piece of news; missing where the source has no score': '一条新闻；来源无评分为缺失',
  },
  bars: ({ stockDays, suspended, missing }) =>
    `各股票首尾行情之间共 ${stockDays} 个股票日，其中 ${suspended} 个没有成交，${missing} 个没有行情。`,
  cleaning: '清洗（按标记）',
  cleaningRule: '行情',
  outcome: '处理',
  stockDays: '股票日',
  share: '占比',
  stocks: '股票数',
  outcomes: { mended: '已修补', dropped: '剔除，不可交易', extreme: '作为真实极值保留' },
  masks: {
    'gap-filled': '缺失，沿用上一收盘价，成交量为 0',
    'gap-averaged': '较长缺口，取过去收盘价的均值',
    'gap-missing': '较长缺口，不填价格',
    'factor-repaired': '复权因子已修正',
    'bar-impossible': '价格 ≤ 0，或超出自身最高最低',
    'move-impossible': '超出涨跌停且无法解释',
    'three-sigma-dropped': '超出三倍标准差',
    'three-sigma-kept': '超出此前一年的三倍标准差',
    'box-plot': '在此前一年的箱线图之外',
    'limit-move': '收于涨跌停价',
    'resumption-jump': '复牌首日超出涨跌停',
  },
  extremes: (count, share) => `${count} 个股票日（${share}）至少按一条规则作为真实极值保留。所有规则只看过去。`,
  coverage: '指数覆盖率',
  coverageNote: (mean, without) =>
    `当日有行情的成分股占全部成分股的比例，平均 ${mean}。${without} 只成分股在其成分期内从未有行情。`,
  screening: (after, before) => `按每日当时信息筛选：${before} 个股票日中保留 ${after} 个`,
  screeningNote: '因两个原因剔除的股票日在两处各计一次。',
  notScreened: '未做筛选：股票池即每日当时的指数成分。',
  reasons: {
    'listed-too-short': '上市时间太短',
    'suspended-too-long': '停牌太久',
    'special-treatment': '特别处理（ST）',
  },
  groups: '输入的缺失值（训练日，预热期之后）',
  group: '组别',
  used: '使用的列',
  worst: '缺失最多',
  leftOut: (maxMissing) => `因缺失超过 ${maxMissing} 而弃用`,
};

const WORDS: { readonly [L in Language]: DataWords } = { en: ENGLISH, zh: CHINESE };

export const dataWords = (language: Language): DataWords => WORDS[language];
