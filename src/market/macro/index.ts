export { macroReleaseTable } from './reference.js';
export { MACRO_RELEASE_RULES, macroReleaseDay } from './release-lags.js';
export type { MacroReleaseRule } from './types.js';
