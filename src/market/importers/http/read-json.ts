import { TryAgain } from './retry.js';

const SHOWN_CHARACTERS = 60;

/** The value of a JSON answer. @throws TryAgain for anything else: a page of a gateway, or an answer cut short */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const shown = text.slice(0, SHOWN_CHARACTERS).replace(/\s+/g, ' ');
    throw new TryAgain(text === '' ? 'an empty answer' : `"${shown}", which is no whole JSON`);
  }
}
