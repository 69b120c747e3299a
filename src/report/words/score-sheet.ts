import type { Language } from '../types.js';

/** Wordings of a score's tear sheet. */
export interface ScoreSheetWords {
  readonly title: string;
  readonly verdict: (v: {
    model: string;
    groups: number;
    spread: string;
    t: string;
    sessions: number;
    monotonicity: string;
    turnover: string;
    autocorrelation: string;
  }) => string;
  readonly quantiles: (stocks: string, sessions: number) => string;
  readonly group: string;
  readonly lowest: string;
  readonly highest: string;
  readonly meanReturn: string;
  readonly lead: string;
  readonly leadHint: string;
  readonly turnover: string;
  readonly turnoverHint: string;
  readonly decay: string;
  readonly model: string;
  readonly later: (sessions: number) => string;
  readonly laterHint: string;
  readonly spread: string;
  readonly spreadHint: string;
  readonly icir: string;
  readonly icirHint: string;
  readonly positive: string;
}

const ENGLISH: ScoreSheetWords = {
  title: 'Its score as a factor',
  verdict: ({ model, groups, spread, t, sessions, monotonicity, turnover, autocorrelation }) =>
    `Of ${groups} groups by ${model}’s score the highest made ${spread} more than the lowest over ${sessions} sessions, on average (t ${t}, before costs); the groups’ order agrees with their returns by ${monotonicity} (1: each earns more than the one below). From one session to the next ${turnover} of the highest group changes, and a day’s ranks correlate with the day before’s by ${autocorrelation}.`,
  quantiles: (stocks, sessions) =>
    `Groups of equal size by score, ${stocks} stocks a day, return over ${sessions} sessions from the next open`,
  group: 'Group',
  lowest: 'lowest',
  highest: 'highest',
  meanReturn: 'Mean return',
  lead: 'Lead',
  leadHint: 'Over the mean of all stocks of the day',
  turnover: 'Turnover',
  turnoverHint: 'Mean share of the group that was not in it one session before',
  decay: 'Mean daily rank IC when the entry waits, in sessions',
  model: 'Model',
  later: (sessions) => (sessions === 0 ? 'at once' : `+${sessions}`),
  laterHint: 'Rank IC of the score with the return over the horizon that starts so many sessions later',
  spread: 'High − low',
  spreadHint: 'Mean return of the highest less the lowest group over the horizon, before costs, with its Newey-West t',
  icir: 'ICIR',
  icirHint: 'Mean over standard deviation of the daily rank IC; not annualised',
  positive: 'Days > 0',
};

const CHINESE: ScoreSheetWords = {
  title: '把打分当作因子',
  verdict: ({ model, groups, spread, t, sessions, monotonicity, turnover, autocorrelation }) =>
    `按 ${model} 的打分分为 ${groups} 组，最高组在 ${sessions} 个交易日内平均比最低组多 ${spread}（t ${t}，未扣成本）；组序与收益的一致程度为 ${monotonicity}（1 表示每组都高于下一组）。相邻两日之间最高组更换 ${turnover}，当日排序与前一日的相关为 ${autocorrelation}。`,
  quantiles: (stocks, sessions) => `按打分等分，每日 ${stocks} 只股票，自次日开盘起 ${sessions} 个交易日的收益`,
  group: '组',
  lowest: '最低',
  highest: '最高',
  meanReturn: '平均收益',
  lead: '超出',
  leadHint: '相对当日全部股票的均值',
  turnover: '换手',
  turnoverHint: '组内前一交易日不在该组的平均占比',
  decay: '推迟若干交易日入场后的日均 Rank IC',
  model: '模型',
  later: (sessions) => (sessions === 0 ? '立即' : `+${sessions}`),
  laterHint: '打分与推迟若干交易日后持有期收益的 Rank IC',
  spread: '高 − 低',
  spreadHint: '最高组减最低组的持有期平均收益，未扣成本，附 Newey-West t',
  icir: 'ICIR',
  icirHint: '日 Rank IC 的均值除以标准差，未年化',
  positive: '> 0 的天数',
};

const WORDS: { readonly [L in Language]: ScoreSheetWords } = { en: ENGLISH, zh: CHINESE };

export const scoreSheetWords = (language: Language): ScoreSheetWords => WORDS[language];
