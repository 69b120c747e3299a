/** Figures of Shen & Zhuo (2026), as printed. Percentages are fractions here; `hours` are of the paper's own machine. */

export const PAPER_CITATION = 'Shen & Zhuo (2026), doi 10.65102/is2026243';

/** Table 1. */
export const PUBLISHED_TABLE_1 = [
  {
    type: 'Stock price data',
    samples: 958_400,
    variables: 6,
    span: '2010-2023',
    missing: 0.0012,
    source: 'Wind, Tonghuashun',
  },
  {
    type: 'Technical indicator data',
    samples: 958_400,
    variables: 32,
    span: '2010-2023',
    missing: 0.0185,
    source: 'TA-Lib calculation',
  },
  {
    type: 'Macroeconomic data',
    samples: 3_422,
    variables: 15,
    span: '2010-2023',
    missing: 0.0231,
    source: 'National Bureau of Statistics',
  },
  {
    type: 'Fundamental data',
    samples: 4_480,
    variables: 28,
    span: '2010-2023',
    missing: 0.0367,
    source: 'Report of Listed Companies',
  },
  {
    type: 'News sentiment data',
    samples: 156_789,
    variables: 5,
    span: '2015-2023',
    missing: 0.0089,
    source: 'Financial media',
  },
] as const;

export interface PublishedModel {
  /** As a run names it. */
  readonly id: string;
  readonly name: string;
  readonly accuracy: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly hours: number;
}

/** Table 2, its upper half. */
export const PUBLISHED_MODELS: readonly PublishedModel[] = [
  { id: 'cnn', name: 'CNN', accuracy: 0.637, precision: 0.664, recall: 0.612, f1: 0.637, hours: 8.7 },
  { id: 'lstm', name: 'LSTM', accuracy: 0.652, precision: 0.679, recall: 0.625, f1: 0.651, hours: 15.6 },
  {
    id: 'random-forest',
    name: 'Random forest',
    accuracy: 0.598,
    precision: 0.621,
    recall: 0.574,
    f1: 0.596,
    hours: 2.1,
  },
  {
    id: 'svm',
    name: 'Support vector machine',
    accuracy: 0.563,
    precision: 0.587,
    recall: 0.539,
    f1: 0.562,
    hours: 4.5,
  },
  {
    id: 'logistic',
    name: 'Logistic regression',
    accuracy: 0.521,
    precision: 0.543,
    recall: 0.498,
    f1: 0.519,
    hours: 0.8,
  },
  { id: 'cnn-lstm', name: 'CNN-LSTM', accuracy: 0.685, precision: 0.712, recall: 0.658, f1: 0.684, hours: 12.3 },
];

export interface PublishedStrategy {
  readonly id: string;
  readonly name: string;
  readonly annualisedReturn: number;
  readonly sharpe: number;
  readonly informationRatio: number;
  readonly maxDrawdown: number;
  readonly winRate: number;
}

/** Table 2, its lower half. */
export const PUBLISHED_STRATEGIES: readonly PublishedStrategy[] = [
  {
    id: 'random-forest',
    name: 'Random forest',
    annualisedReturn: 0.124,
    sharpe: 1.18,
    informationRatio: 0.72,
    maxDrawdown: -0.221,
    winRate: 0.547,
  },
  {
    id: 'benchmark',
    name: 'Buy and hold',
    annualisedReturn: 0.089,
    sharpe: 0.73,
    informationRatio: 0.41,
    maxDrawdown: -0.354,
    winRate: 0.482,
  },
  {
    id: 'momentum',
    name: 'Momentum',
    annualisedReturn: 0.062,
    sharpe: 0.58,
    informationRatio: 0.28,
    maxDrawdown: -0.289,
    winRate: 0.516,
  },
  {
    id: 'cnn-lstm',
    name: 'CNN-LSTM',
    annualisedReturn: 0.187,
    sharpe: 1.42,
    informationRatio: 0.89,
    maxDrawdown: -0.152,
    winRate: 0.583,
  },
];

/** The columns of Table 3. */
export const VARIANTS = ['original', 'structural', 'hyper-parameter', 'comprehensive'] as const;
export type Variant = (typeof VARIANTS)[number];

/** Rows of Table 3: how a figure is shown, and what it is in the paper for each variant. */
export interface PublishedRow {
  readonly key: string;
  readonly name: string;
  readonly kind: 'share' | 'ratio' | 'hours';
  readonly values: readonly [original: number, structural: number, hyperParameter: number, comprehensive: number];
}

/** Table 3. */
export const PUBLISHED_TABLE_3: readonly PublishedRow[] = [
  { key: 'accuracy', name: 'Overall accuracy', kind: 'share', values: [0.685, 0.712, 0.728, 0.753] },
  { key: 'buy', name: 'Accuracy of the buy signal', kind: 'share', values: [0.736, 0.764, 0.781, 0.807] },
  { key: 'hold', name: 'Accuracy of the hold signal', kind: 'share', values: [0.692, 0.721, 0.735, 0.762] },
  { key: 'sell', name: 'Accuracy of the sell signal', kind: 'share', values: [0.628, 0.653, 0.679, 0.714] },
  { key: 'bull', name: 'Accuracy in a bull market', kind: 'share', values: [0.742, 0.771, 0.786, 0.813] },
  { key: 'volatile', name: 'Accuracy in a volatile market', kind: 'share', values: [0.658, 0.689, 0.704, 0.731] },
  { key: 'bear', name: 'Accuracy in a bear market', kind: 'share', values: [0.613, 0.647, 0.668, 0.695] },
  { key: 'annualisedReturn', name: 'Annualised return', kind: 'share', values: [0.187, 0.214, 0.232, 0.268] },
  { key: 'sharpe', name: 'Sharpe ratio', kind: 'ratio', values: [1.42, 1.58, 1.67, 1.84] },
  { key: 'informationRatio', name: 'Information ratio', kind: 'ratio', values: [0.89, 1.02, 1.14, 1.28] },
  { key: 'maxDrawdown', name: 'Maximum drawdown', kind: 'share', values: [-0.152, -0.138, -0.124, -0.109] },
  { key: 'hours', name: 'Training time', kind: 'hours', values: [12.3, 18.7, 15.6, 22.4] },
];

/** What of the paper does not fit the world or itself, beside which its figures must be read. */
export const PAPER_CAUTIONS: readonly string[] = [
  'The paper states neither its label nor its code, and of its costs only a rate: no figure of it can be reproduced as such.',
  'It gives the CSI 300 +8.9 % a year over 2022 and 2023; the index fell 30.5 % over them, 17.3 % a year of 252 sessions, with a drawdown of 33.3 %.',
  '280 stocks on 484 sessions are 135,520 samples, not 672,000.',
  'A loss of “0.402 %” is no unit of cross-entropy.',
  'Its accuracies are of an unknown label: compare a model here with the most frequent class of the same label, not with the paper’s figure.',
];
