import type { Language } from '../types.js';
import { CHINESE } from './chinese.js';
import { ENGLISH, type Words } from './english.js';

const WORDS: { readonly [L in Language]: Words } = { en: ENGLISH, zh: CHINESE };

export function wordsOf(language: Language): Words {
  return WORDS[language];
}
