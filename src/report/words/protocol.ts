import type { Language } from '../types.js';

/** Wordings of how the samples were cut into trainings and tests. */
export interface ProtocolWords {
  readonly title: string;
  readonly note: (folds: number) => string;
  readonly train: string;
  readonly validate: string;
  readonly test: string;
  readonly notTradable: string;
  readonly paths: string;
  readonly path: string;
  readonly accuracy: string;
  readonly rankIc: string;
  readonly totalReturn: string;
  readonly sharpe: string;
}

const WORDS: { readonly [L in Language]: ProtocolWords } = {
  en: {
    title: 'Protocol',
    note: (folds) =>
      `${folds} folds, each with a network, a scaler and a choice of columns of its own. Gaps are purged: labels there reach into what follows.`,
    train: 'training',
    validate: 'validation',
    test: 'test',
    notTradable:
      'Folds learn from sessions after those they test: it measures skill, and the strategy is one that nobody could have traded.',
    paths: 'Each session is tested more than once: the whole test along each path of folds',
    path: 'path',
    accuracy: 'accuracy',
    rankIc: 'rank IC',
    totalReturn: 'total return',
    sharpe: 'Sharpe ratio',
  },
  zh: {
    title: '检验方案',
    note: (folds) => `${folds} 折，每折各有自己的网络、标准化和特征选择。空白处已剔除：其标签伸入后面的时段。`,
    train: '训练',
    validate: '验证',
    test: '测试',
    notTradable: '各折用到了测试期之后的交易日：它衡量预测能力，这样的策略当时无人能够交易。',
    paths: '每个交易日被测试多次：沿每条路径的整个测试',
    path: '路径',
    accuracy: '准确率',
    rankIc: '秩 IC',
    totalReturn: '总收益',
    sharpe: '夏普比率',
  },
};

export const protocolWords = (language: Language): ProtocolWords => WORDS[language];
