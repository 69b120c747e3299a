export { readInputFile, temporaryName, writeAtomically, writeFailed, writeFileAtomically } from './atomic-file.js';
export { type Clock, systemClock } from './clock.js';
export { concatenate } from './concatenate.js';
export {
  addMonths,
  type Day,
  formatDay,
  indexAsOf,
  lowerBound,
  monthOf,
  parseDay,
  weekdayOf,
  weekOf,
  yearOf,
} from './dates.js';
export { ERROR_CATALOGUE, type ErrorCode } from './error-catalogue.js';
export { CandlenetError, type ExitStatus, invariant } from './errors.js';
export { makeFolders } from './folders.js';
export { canonicalJson, sha256 } from './hash.js';
export { builtUrl } from './module-url.js';
export { nearest } from './nearest.js';
export {
  formatBytes,
  formatCount,
  formatDuration,
  formatNumber,
  formatPercent,
  UNDEFINED_MARK,
} from './number-format.js';
export { type ProgressSink, type ProgressTask, silentProgress } from './progress.js';
export { createRng, type Rng, type SeedPath, shuffle } from './rng.js';
export { type SessionRange, sessionsBetween } from './sessions.js';
export { candlenetVersion } from './version.js';
export { type WasmMemory, type WasmModule, wasm } from './web-assembly.js';
