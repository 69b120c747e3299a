import { formatCount } from '../../util/index.js';
import type { Language, LeakAuditReport } from '../types.js';

/** Wordings of the section on the leak audit. */
export interface AuditWords {
  readonly title: string;
  readonly clean: (cuts: number, cells: string) => string;
  readonly looksAhead: string;
  readonly first: (first: NonNullable<LeakAuditReport['first']>) => string;
  readonly compared: string;
  readonly artefact: string;
  readonly columns: string;
  readonly cells: string;
  readonly notCompared: string;
  readonly provenance: string;
  readonly check: string;
  readonly result: string;
  readonly detail: string;
  readonly status: { readonly [S in LeakAuditReport['provenance'][number]['status']]: string };
  readonly cuts: (dates: string) => string;
}

const ENGLISH: AuditWords = {
  title: 'Does anything look ahead?',
  clean: (cuts, cells) =>
    `No: at ${formatCount(cuts)} cut dates the future was removed, and turned to noise, and ${cells} values known by then came out the same, bit for bit.`,
  looksAhead: 'Yes: the figures above use what was not yet known, and mean nothing.',
  first: ({ artefact, column, symbol, date, cut, future }) =>
    `First of all ${artefact}, ${column}${symbol === '' ? '' : ` of ${symbol}`} on ${date}: it changes when what comes after ${cut} is ${future === 'noise' ? 'turned to noise' : 'removed'}.`,
  compared: 'Compared with and without the future',
  artefact: 'Artefact',
  columns: 'Columns',
  cells: 'Values compared',
  notCompared: 'not compared',
  provenance: 'What recomputation cannot see',
  check: 'Check',
  result: 'Result',
  detail: 'Found',
  status: { pass: 'holds', fail: 'fails', unknown: 'not judged' },
  cuts: (dates) => `Cuts after the close of ${dates}.`,
};

const CHINESE: AuditWords = {
  title: '是否用到未来信息？',
  clean: (cuts, cells) =>
    `否：在 ${formatCount(cuts)} 个截断日分别删去未来数据、以噪声替换未来数据，当时已知的 ${cells} 个数值逐位不变。`,
  looksAhead: '是：以上数字用到了当时尚不可知的信息，没有意义。',
  first: ({ artefact, column, symbol, date, cut, future }) =>
    `最早的一处：${artefact}，${column}${symbol === '' ? '' : `（${symbol}）`}，${date}；将 ${cut} 之后的数据${future === 'noise' ? '换成噪声' : '删去'}后发生变化。`,
  compared: '有无未来数据的比较',
  artefact: '产物',
  columns: '列数',
  cells: '比较的数值',
  notCompared: '未比较',
  provenance: '重算看不出的方面',
  check: '检查',
  result: '结果',
  detail: '所见',
  status: { pass: '成立', fail: '不成立', unknown: '无法判断' },
  cuts: (dates) => `截断日（收盘后）：${dates}。`,
};

const WORDS: { readonly [L in Language]: AuditWords } = { en: ENGLISH, zh: CHINESE };

export const auditWords = (language: Language): AuditWords => WORDS[language];
