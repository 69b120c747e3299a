import { type HtmlValue, html } from '../html.js';
import type { Role } from '../types.js';
import type { Words } from '../words/english.js';

/** A row's name, with a mark beside it when it is a placebo or the benchmark. */
export function withRole(name: string, role: Role, words: Words): HtmlValue {
  const mark = words.roles[role];
  return mark === '' ? name : html`<span class="whole">${name}<span class="role">${mark}</span></span>`;
}
