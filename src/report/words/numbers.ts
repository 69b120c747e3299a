import type { Language } from '../types.js';

/** What a report says where the label is a number instead of a class. */
const ENGLISH = {
  noClasses:
    'The label is a number: there are no classes, hence no accuracy, no confusion matrix, no calibration and no majority class. What counts is how the forecasts rank the stocks of a day.',
  ranking: (v: { days: string; ic: string; t: string; horizon: number }) =>
    `On ${v.days} test days the stocks it preferred had a rank IC of ${v.ic} (t ${v.t}) with their return over the next ${v.horizon} sessions.`,
  ic: 'IC',
  icHint: 'Mean daily correlation of the forecast with the return that followed',
  rankIcHint: 'Mean daily rank correlation of the forecast with the return that followed',
  icirHint: 'Mean of the daily rank IC over its standard deviation',
  score: 'Forecast',
  lossNote: 'Of the standardised label; the best validation epoch is kept.',
};

export type NumberWords = typeof ENGLISH;

const CHINESE: NumberWords = {
  noClasses: '标签是数值：没有类别，因此没有准确率、混淆矩阵、校准与多数类。要看的是预测对当日股票的排序。',
  ranking: (v) =>
    `在 ${v.days} 个测试日里，模型的偏好与其后 ${v.horizon} 个交易日收益的秩相关（Rank IC）为 ${v.ic}（t ${v.t}）。`,
  ic: 'IC',
  icHint: '预测与其后收益的每日相关均值',
  rankIcHint: '预测与其后收益的每日秩相关均值',
  icirHint: '每日 Rank IC 的均值除以其标准差',
  score: '预测值',
  lossNote: '标准化标签的损失；保留验证损失最低的一轮。',
};

export const numberWords = (language: Language): NumberWords => ({ en: ENGLISH, zh: CHINESE })[language];
