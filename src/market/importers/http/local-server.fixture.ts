import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Pacing } from './pacing.js';

export interface LocalServer {
  readonly url: string;
  /** Requests that arrived, with the paths and bodies they had. */
  readonly requests: { readonly url: string; readonly body: string }[];
  answer: (body: string, response: ServerResponse, request: IncomingMessage) => void;
  close(): Promise<void>;
}

/** A server on a port of its own; `answer` may be changed while it runs. */
export async function startServer(answer: LocalServer['answer']): Promise<LocalServer> {
  const requests: LocalServer['requests'] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString('utf8');
      requests.push({ url: request.url ?? '', body });
      local.answer(body, response, request);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const local: LocalServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
  return local;
}

/** Time that passes only by sleeping, and keeps what was slept. */
export function testPacing(now = '2024-01-02T00:00:00.000Z'): Pacing & { readonly slept: number[] } {
  let seconds = 0;
  const slept: number[] = [];
  return {
    slept,
    seconds: () => seconds,
    now: () => now,
    async sleep(wait) {
      slept.push(wait);
      seconds += wait;
    },
  };
}
