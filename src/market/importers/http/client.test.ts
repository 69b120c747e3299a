import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRng } from '../../../util/index.js';
import { createHttpClient, type HttpClientOptions } from './client.js';
import { createDiskCache } from './disk-cache.js';
import { type LocalServer, startServer, testPacing } from './local-server.fixture.js';
import { createRateLimit } from './rate-limit.js';
import { readJson } from './read-json.js';
import { retryAfterSeconds } from './retry.js';

let server: LocalServer;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'candlenet-http-'));
  server = await startServer((_body, response) => response.end('{"value":1}'));
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

type Answer = (response: ServerResponse) => void;
const text =
  (status: number, body: string, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(status, headers).end(body);
  };
const fine = text(200, '{"value":7}');

/** Answers in this order; the last one for ever. */
function script(...answers: Answer[]): void {
  server.answer = (_body, response) => (answers.length > 1 ? answers.shift() : answers[0])?.(response);
}

function client(options: Partial<HttpClientOptions> = {}, perMinute = 1e9) {
  const pacing = testPacing();
  const http = createHttpClient({ pacing, rng: createRng(1), cache: null, timeoutSeconds: 5, tries: 4, ...options });
  const limit = createRateLimit(perMinute, pacing);
  const ask = (name = 'one') =>
    http.ask({ what: `GET ${name}`, identity: { name }, url: `${server.url}/${name}`, limit, read: readJson });
  return { ask, http, pacing, waits: () => pacing.slept.filter((seconds) => seconds > 1e-3) };
}

describe('an answer that fails in passing', () => {
  it.each<[string, Answer]>([
    ['status 500', text(500, 'oops')],
    ['status 503 of a gateway with a page', text(503, '<html>busy</html>')],
    ['a page of HTML with status 200', text(200, '<!doctype html><title>login</title>')],
    ['JSON cut short', text(200, '{"value":')],
    ['an empty answer', text(200, '')],
    [
      'a body shorter than its Content-Length',
      (r) => r.writeHead(200, { 'content-length': '99' }).write('{', () => r.destroy()),
    ],
    ['a connection reset', (r) => r.destroy()],
  ])('%s is asked for again', async (_name, answer) => {
    script(answer, answer, fine);
    const { ask, waits, http } = client();
    expect(await ask()).toEqual({ value: 7 });
    expect(http.sent).toBe(3);
    const [first, second] = waits();
    expect(first).toBeGreaterThanOrEqual(0.5);
    expect(first).toBeLessThanOrEqual(1);
    expect(second).toBeGreaterThanOrEqual(1);
    expect(second).toBeLessThanOrEqual(2);
    const again = client();
    script(answer, answer, fine);
    await again.ask();
    expect(again.waits()).toEqual([first, second]);
  });

  it('is given up on after the tries allowed, naming the request and what was found', async () => {
    script(text(502, 'bad gateway'));
    const { ask, http } = client();
    await expect(ask()).rejects.toMatchObject({
      code: 'HTTP_FAILED',
      exitStatus: 2,
      message: 'GET one: given up after 4 tries, the last found HTTP status 502',
    });
    expect(http.sent).toBe(4);
  });

  it('waits as long as Retry-After says, in seconds or as a date', async () => {
    script(
      text(429, '', { 'retry-after': '17' }),
      text(503, '', { 'retry-after': 'Tue, 02 Jan 2024 00:00:42 GMT' }),
      fine,
    );
    const { ask, waits } = client();
    await ask();
    expect(waits()).toEqual([17, 42]);
    expect(retryAfterSeconds('soon', '2024-01-02T00:00:00Z')).toBeNull();
    expect(retryAfterSeconds('Mon, 01 Jan 2024 00:00:00 GMT', '2024-01-02T00:00:00Z')).toBe(0);
  });

  it('is not waited for when the source asks for an hour', async () => {
    script(text(429, '', { 'retry-after': '3600' }));
    await expect(client().ask()).rejects.toThrow(
      'given up after 1 tries, the last found HTTP status 429, which asks to wait 3600 s',
    );
  });

  it('may be no answer in time', async () => {
    script(() => {}, fine);
    expect(await client({ timeoutSeconds: 0.2 }).ask()).toEqual({ value: 7 });
    script(() => {});
    await expect(client({ timeoutSeconds: 0.1, tries: 2 }).ask()).rejects.toThrow('no answer within 0.1 s');
  });
});

it('follows no redirect, which would carry a token elsewhere', async () => {
  script(text(307, '', { location: `${server.url}/elsewhere` }));
  await expect(client().ask()).rejects.toMatchObject({
    code: 'HTTP_FAILED',
    message: expect.stringContaining('redirect'),
  });
  expect(server.requests).toHaveLength(1);
});

it('sends no more requests a minute than allowed', async () => {
  const { ask, waits, pacing } = client({}, 120);
  for (let i = 0; i < 7; i++) await ask(`page${i}`);
  expect(waits()).toHaveLength(6);
  expect(pacing.seconds()).toBeCloseTo(3, 9);
});

it('stops when told to, before a request and while one hangs', async () => {
  await expect(client({ signal: AbortSignal.abort() }).ask()).rejects.toMatchObject({ code: 'INTERRUPTED' });
  expect(server.requests).toHaveLength(0);
  const abort = new AbortController();
  script(() => abort.abort());
  await expect(client({ signal: abort.signal }).ask()).rejects.toMatchObject({ code: 'INTERRUPTED' });
});

describe('the disk cache', () => {
  const files = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));

  it('answers without a request, across clients', async () => {
    await client({ cache: createDiskCache(folder) }).ask();
    const { ask, http } = client({ cache: createDiskCache(folder) });
    expect(await ask()).toEqual({ value: 1 });
    expect(http.sent).toBe(0);
    expect(files()).toHaveLength(1);
  });

  it.each<[string, (content: string) => string]>([
    ['cut short', (content) => content.slice(0, -3)],
    ['emptied', () => ''],
    ['changed by one character', (content) => content.replace('"value":1', '"value":2')],
  ])('asks again for what is %s, and mends it', async (_name, damage) => {
    await client({ cache: createDiskCache(folder) }).ask();
    const whole = readFileSync(files()[0], 'utf8');
    writeFileSync(files()[0], damage(whole));
    const { ask, http } = client({ cache: createDiskCache(folder) });
    expect(await ask()).toEqual({ value: 1 });
    expect(http.sent).toBe(1);
    expect(readFileSync(files()[0], 'utf8')).toBe(whole);
  });

  it('keeps nothing that was not read to the end', async () => {
    script(text(500, 'oops'), text(200, '{"val'));
    await expect(client({ cache: createDiskCache(folder), tries: 2 }).ask()).rejects.toThrow();
    expect(files()).toEqual([]);
  });
});
