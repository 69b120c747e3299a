import { CandlenetError, type Rng } from '../../../util/index.js';
import type { AnswerCache } from './disk-cache.js';
import { interrupted, type Pacing } from './pacing.js';
import type { RateLimit } from './rate-limit.js';
import { backoffSeconds, retryAfterSeconds, TryAgain } from './retry.js';

/** No answer of the sources we know comes near it. */
const LARGEST_ANSWER_BYTES = 64 * 2 ** 20;
/** A source that asks to wait longer than this is given up on; what it answered so far is in the cache. */
const LONGEST_ASKED_WAIT_SECONDS = 600;

export interface HttpClientOptions {
  readonly pacing: Pacing;
  /** Jitter of the waits between tries. */
  readonly rng: Rng;
  readonly cache: AnswerCache | null;
  readonly timeoutSeconds: number;
  /** Tries of one request, the first included. */
  readonly tries: number;
  readonly signal?: AbortSignal;
}

export interface HttpRequest<T> {
  /** What is asked for, for messages; no secret in it. */
  readonly what: string;
  /** What the answer depends on, for the cache; no secret in it. */
  readonly identity: unknown;
  readonly url: string;
  /** A JSON body makes it a POST. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly limit: RateLimit;
  /**
   * Reads a whole answer. Only what it accepts is kept in the cache.
   * @param status of HTTP: 2xx, or 4xx other than 408 and 429, which some sources explain in the body
   * @throws TryAgain where another try is worth it, a CandlenetError where not
   */
  read(text: string, status: number): T;
}

export interface HttpClient {
  /** Requests sent so far; what the cache answered is not among them. */
  readonly sent: number;
  /** @throws HTTP_FAILED when no try succeeds, INTERRUPTED, what `read` throws, FILE_WRITE_FAILED (cache) */
  ask<T>(request: HttpRequest<T>): Promise<T>;
}

/** Asks a remote source: from the cache where it has the answer, within the rate limit, again after a passing failure. */
export function createHttpClient({ pacing, rng, cache, timeoutSeconds, tries, signal }: HttpClientOptions): HttpClient {
  let sent = 0;

  async function attempt<T>(request: HttpRequest<T>): Promise<T> {
    await request.limit.take(signal);
    if (signal?.aborted) throw interrupted();
    sent++;
    const { text, status } = await exchange(request, timeoutSeconds, pacing, signal);
    const value = request.read(text, status);
    cache?.put(request.identity, text);
    return value;
  }

  return {
    get sent() {
      return sent;
    },
    async ask(request) {
      if (signal?.aborted) throw interrupted();
      const kept = cache?.get(request.identity) ?? null;
      if (kept !== null) {
        try {
          return request.read(kept, 200);
        } catch (error) {
          if (!(error instanceof TryAgain)) throw error;
        }
      }
      for (let failed = 0; ; failed++) {
        try {
          return await attempt(request);
        } catch (error) {
          if (!(error instanceof TryAgain)) throw error;
          const wait = error.afterSeconds ?? backoffSeconds(failed, rng);
          if (failed + 1 >= tries || wait > LONGEST_ASKED_WAIT_SECONDS) {
            const asked = wait > LONGEST_ASKED_WAIT_SECONDS ? `, which asks to wait ${Math.round(wait)} s` : '';
            throw new CandlenetError(
              'HTTP_FAILED',
              `${request.what}: given up after ${failed + 1} tries, the last found ${error.message}${asked}`,
              { cause: error },
            );
          }
          await pacing.sleep(wait, signal);
        }
      }
    },
  };
}

/** One request and its whole answer. @throws TryAgain, HTTP_FAILED, INTERRUPTED */
async function exchange(
  { what, url, body, headers }: HttpRequest<unknown>,
  timeoutSeconds: number,
  pacing: Pacing,
  signal: AbortSignal | undefined,
): Promise<{ text: string; status: number }> {
  const timeout = AbortSignal.timeout(timeoutSeconds * 1000);
  try {
    const response = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
      ...(body ? { body } : {}),
      // A redirect would carry the body, and a token in it, to another place.
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const { status } = response;
    const text = await readWhole(response, what);
    if (status === 429 || status === 408 || status >= 500) {
      throw new TryAgain(`HTTP status ${status}`, retryAfterSeconds(response.headers.get('retry-after'), pacing.now()));
    }
    if (status >= 300 && status < 400) {
      throw new CandlenetError(
        'HTTP_FAILED',
        `${what}: found a redirect (HTTP status ${status}), expected an answer; set the base URL it should have`,
      );
    }
    return { text, status };
  } catch (error) {
    if (error instanceof TryAgain || error instanceof CandlenetError) throw error;
    if (signal?.aborted) throw interrupted();
    if (timeout.aborted) throw new TryAgain(`no answer within ${timeoutSeconds} s`);
    throw new TryAgain(`no connection or a broken one (${reason(error)})`);
  }
}

async function readWhole(response: Response, what: string): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > LARGEST_ANSWER_BYTES) {
      throw new CandlenetError(
        'HTTP_FAILED',
        `${what}: found an answer above ${LARGEST_ANSWER_BYTES} bytes, expected less`,
      );
    }
    parts.push(part);
  }
  try {
    // JSON over HTTP is UTF-8 (RFC 8259, 8.1); a byte-order mark is passed over.
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts));
  } catch {
    throw new TryAgain('an answer in another encoding than UTF-8');
  }
}

function reason(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  return code ?? (cause instanceof Error ? cause.message : String(cause));
}
