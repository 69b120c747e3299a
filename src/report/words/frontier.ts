import type { Language } from '../types.js';

/** Wordings of the picture of the efficient frontier. */
export interface FrontierWords {
  readonly title: string;
  readonly note: (date: string, names: number) => string;
  readonly frontier: string;
  readonly assets: string;
  readonly chosen: string;
  readonly volatility: string;
}

const WORDS: { readonly [L in Language]: FrontierWords } = {
  en: {
    title: 'Efficient frontier of the last rebalancing',
    note: (date, names) =>
      `${date}, ${names} names: expected return a year against volatility a year, as the optimiser saw them, under its limits without the one on turnover. Expected returns are the forecasts’, not what came.`,
    frontier: 'efficient frontier',
    assets: 'single names',
    chosen: 'portfolio chosen',
    volatility: 'volatility a year',
  },
  zh: {
    title: '最后一次调仓的有效前沿',
    note: (date, names) =>
      `${date}，${names} 只股票：年化预期收益与年化波动率，即优化器当时所见，计入除换手率以外的限制。预期收益来自预测，不是实际结果。`,
    frontier: '有效前沿',
    assets: '单只股票',
    chosen: '所选组合',
    volatility: '年化波动率',
  },
};

export const frontierWords = (language: Language): FrontierWords => WORDS[language];
