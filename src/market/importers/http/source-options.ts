import { CandlenetError, createRng, type ProgressSink } from '../../../util/index.js';
import { createHttpClient, type HttpClient } from './client.js';
import { createDiskCache } from './disk-cache.js';
import { type Pacing, systemPacing } from './pacing.js';

/** What every source over HTTP can be told. */
export interface SourceOptions {
  /** Folder that keeps the answers; left out, everything is asked for anew. */
  readonly cacheDir?: string;
  /** Where the source is, for a mirror or a gateway. */
  readonly baseUrl?: string;
  readonly requestsPerMinute?: number;
  /** Default 30. */
  readonly timeoutSeconds?: number;
  /** Tries of one request, the first included; default 6. */
  readonly tries?: number;
  readonly pacing?: Pacing;
  readonly progress?: ProgressSink;
  readonly signal?: AbortSignal;
}

/** @throws ARGUMENT_INVALID */
export function createSource(name: string, options: SourceOptions): { client: HttpClient; pacing: Pacing } {
  const { requestsPerMinute = 1, timeoutSeconds = 30, tries = 6, pacing = systemPacing } = options;
  for (const [key, value] of Object.entries({ requestsPerMinute, timeoutSeconds, tries })) {
    if (!(Number.isFinite(value) && value > 0)) {
      throw new CandlenetError('ARGUMENT_INVALID', `${name}: ${key}: found ${value}, expected a number above 0`);
    }
  }
  if (options.baseUrl !== undefined && !/^https?:\/\/[^\s]+$/.test(options.baseUrl)) {
    throw new CandlenetError(
      'ARGUMENT_INVALID',
      `${name}: baseUrl: found "${options.baseUrl}", expected an address that begins with http:// or https://`,
    );
  }
  const client = createHttpClient({
    pacing,
    rng: createRng(0, 'http', name),
    cache: options.cacheDir === undefined ? null : createDiskCache(options.cacheDir),
    timeoutSeconds,
    tries,
    ...(options.signal ? { signal: options.signal } : {}),
  });
  return { client, pacing };
}
