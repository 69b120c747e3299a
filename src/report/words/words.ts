import type { Language } from '../types.js';
import { CHINESE } from './chinese.js';
import { ENGLISH } from './english.js';

/** Every fixed wording of a report; Chinese has what English has, or it does not compile. */
export type Words = typeof ENGLISH;

const WORDS: { readonly [L in Language]: Words } = { en: ENGLISH, zh: CHINESE };

export function wordsOf(language: Language): Words {
  return WORDS[language];
}
