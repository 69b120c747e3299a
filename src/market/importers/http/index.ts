export { createHttpClient, type HttpClient } from './client.js';
export { type AnswerCache, createDiskCache } from './disk-cache.js';
export { type Pacing, systemPacing } from './pacing.js';
export { createRateLimit, type RateLimit } from './rate-limit.js';
export { readJson } from './read-json.js';
export { TryAgain } from './retry.js';
export { createSource, type SourceOptions } from './source-options.js';
