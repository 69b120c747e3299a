import type { Language } from '../types.js';

/** Wordings of what a run takes from the paper: the watermark, and the choices where the paper is silent. */
export interface PaperWords {
  readonly mark: string;
  readonly headline: string;
  readonly why: string;
  readonly choices: string;
  readonly key: string;
  readonly paper: string;
  readonly chosen: string;
}

const WORDS: { readonly [L in Language]: PaperWords } = {
  en: {
    mark: 'LOOKS AHEAD',
    headline: 'This run looks ahead, on purpose: nobody could have had these figures.',
    why: 'It does what the paper does, to show how much of a result a leak can make. The honest run beside it is the same configuration with preset: paper.',
    choices: 'What the paper leaves open, and what stands in its place here',
    key: 'key',
    paper: 'the paper',
    chosen: 'here',
  },
  zh: {
    mark: '含未来数据',
    headline: '本次运行有意使用了未来数据：当时无人能得到这些结果。',
    why: '它照论文的做法，只为显示泄漏能造成多大的影响。与之对照的诚实运行是同一配置加 preset: paper。',
    choices: '论文未说明之处，以及此处的选择',
    key: '配置项',
    paper: '论文',
    chosen: '此处',
  },
};

export const paperWords = (language: Language): PaperWords => WORDS[language];
