import type { Language } from '../types.js';

/** Wordings of ensembles and of networks that learn on. */
export interface LearningWords {
  readonly ensemble: string;
  readonly weighting: Readonly<Record<'equal' | 'validation' | 'rolling', string>>;
  readonly members: string;
  readonly member: string;
  readonly whole: string;
  readonly seed: string;
  readonly variation: string;
  readonly none: string;
  readonly bestEpoch: string;
  readonly validationLoss: string;
  readonly weight: string;
  readonly weightHint: string;
  readonly accuracy: string;
  readonly rankIc: string;
  readonly annualised: string;
  readonly volatility: string;
  readonly sharpe: string;
  readonly decomposition: (of: {
    readonly member: string;
    readonly ambiguity: string;
    readonly ensemble: string;
    readonly share: string;
    readonly ofClasses: boolean;
  }) => string;
  readonly forecasts: (of: {
    readonly deviation: string;
    readonly correlation: string;
    readonly effective: string;
    readonly ofClasses: boolean;
  }) => string;
  readonly returns: (of: { readonly between: string; readonly member: string; readonly ensemble: string }) => string;
  readonly online: string;
  readonly onlineNote: (of: {
    readonly count: string;
    readonly every: 'month' | number;
    readonly rate: string;
    readonly epochs: number;
    readonly replay: string;
  }) => string;
  readonly effect: string;
  readonly model: string;
  readonly updated: string;
  readonly still: string;
  readonly updates: (ofClasses: boolean) => string;
  readonly date: string;
  readonly arrived: string;
  readonly replayed: string;
  readonly validation: string;
  readonly forecast: string;
  readonly never: string;
  readonly before: string;
  readonly after: string;
}

const WORDS: { readonly [L in Language]: LearningWords } = {
  en: {
    ensemble: 'Ensemble',
    weighting: {
      equal: 'Every member weighs alike.',
      validation: 'Members are weighed by their validation loss.',
      rolling:
        'Members are weighed by their validation loss first, then by what has become known of their own forecasts.',
    },
    members: 'Members, each with the strategy it would have given alone',
    member: 'member',
    whole: 'ensemble',
    seed: 'seed',
    variation: 'augmentation',
    none: 'none',
    bestEpoch: 'best epoch',
    validationLoss: 'validation loss',
    weight: 'weight',
    weightHint: 'on the first session, mean, on the last',
    accuracy: 'accuracy',
    rankIc: 'rank IC',
    annualised: 'return p.a.',
    volatility: 'volatility',
    sharpe: 'Sharpe ratio',
    decomposition: ({ member, ambiguity, ensemble, share, ofClasses }) =>
      `The members’ mean squared error${ofClasses ? '' : ', as a share of the label’s own variance,'} is ${member}; their disagreement takes ${ambiguity} (${share}) off it, exactly, which leaves the ensemble’s ${ensemble} (Krogh & Vedelsby 1995).`,
    forecasts: ({ deviation, correlation, effective, ofClasses }) =>
      `Two members’ ${ofClasses ? 'scores P(buy) − P(sell)' : 'forecasts'} correlate at ${correlation}; between members ${ofClasses ? 'a score' : 'a forecast'} has a standard deviation of ${deviation}, and the weights leave ${effective} members’ worth to average it away.`,
    returns: ({ between, member, ensemble }) =>
      `Between the members’ strategies a day’s return has a standard deviation of ${between}. Over the days one member’s has ${member}, the ensemble’s ${ensemble}.`,
    online: 'Learning on',
    onlineNote: ({ count, every, rate, epochs, replay }) =>
      `${count} ${count === '1' ? 'update' : 'updates'}, ${every === 'month' ? 'at the first session of each month' : `every ${every} sessions`}: ${epochs === 1 ? 'one epoch' : `${epochs} epochs`} at rate ${rate} on what had become known by then, ${replay} of the samples replayed from before.`,
    effect: 'The same networks with their updates and without',
    model: 'model',
    updated: 'updated',
    still: 'never updated',
    updates: (ofClasses) => `Loss before and after each update${ofClasses ? ', nats' : ', of the standardised label'}`,
    date: 'update',
    arrived: 'arrived',
    replayed: 'replayed',
    validation: 'on validation',
    forecast: 'on what it then forecast',
    never: 'never updated',
    before: 'before',
    after: 'after',
  },
  zh: {
    ensemble: '集成',
    weighting: {
      equal: '各成员等权。',
      validation: '成员按验证损失加权。',
      rolling: '成员先按验证损失加权，随后按其预测中已知的结果加权。',
    },
    members: '各成员，以及单独使用时的策略',
    member: '成员',
    whole: '集成',
    seed: '种子',
    variation: '数据增强',
    none: '无',
    bestEpoch: '最佳轮次',
    validationLoss: '验证损失',
    weight: '权重',
    weightHint: '首日、平均、末日',
    accuracy: '准确率',
    rankIc: '秩 IC',
    annualised: '年化收益',
    volatility: '波动率',
    sharpe: '夏普比率',
    decomposition: ({ member, ambiguity, ensemble, share, ofClasses }) =>
      `成员的平均平方误差${ofClasses ? '' : '（占标签自身方差的比例）'}为 ${member}；成员间的分歧恰好减去 ${ambiguity}（${share}），集成的误差为 ${ensemble}（Krogh 与 Vedelsby 1995）。`,
    forecasts: ({ deviation, correlation, effective, ofClasses }) =>
      `两个成员的${ofClasses ? '得分 P(买入) − P(卖出) ' : '预测值'}相关系数为 ${correlation}；同一${ofClasses ? '得分' : '预测'}在成员间的标准差为 ${deviation}，权重相当于 ${effective} 个成员取平均。`,
    returns: ({ between, member, ensemble }) =>
      `同一日的收益在成员策略间的标准差为 ${between}。按日计，单个成员为 ${member}，集成为 ${ensemble}。`,
    online: '在线学习',
    onlineNote: ({ count, every, rate, epochs, replay }) =>
      `共 ${count} 次更新，${every === 'month' ? '在每月首个交易日' : `每 ${every} 个交易日`}：以学习率 ${rate} 在当时已知的样本上训练 ${epochs} 轮，其中 ${replay} 的样本取自以往。`,
    effect: '同样的网络，更新与不更新',
    model: '模型',
    updated: '更新',
    still: '从不更新',
    updates: (ofClasses) => `每次更新前后的损失（${ofClasses ? '奈特' : '标准化标签'}）`,
    date: '更新日',
    arrived: '新到样本',
    replayed: '重放样本',
    validation: '验证集',
    forecast: '随后的预测',
    never: '从不更新',
    before: '之前',
    after: '之后',
  },
};

export const learningWords = (language: Language): LearningWords => WORDS[language];
