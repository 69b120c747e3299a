export type { HttpClient } from './client.js';
export { createRateLimit, type RateLimit } from './rate-limit.js';
export { readJson } from './read-json.js';
export { TryAgain } from './retry.js';
export { createSource, type SourceOptions } from './source-options.js';
