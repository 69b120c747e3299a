import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Rng } from '../../../util/index.js';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Ways to spoil a whole answer, whatever it says; each of them must be refused. */
export const SPOILT_BODIES: Readonly<Record<string, (body: string, response: ServerResponse, rng: Rng) => void>> = {
  'cut short': (body, response, rng) => response.end(body.slice(0, Math.floor(rng.uniform() * (body.length - 1)))),
  'a page of HTML': (_body, response) => response.end('<!doctype html><html><body>登录</body></html>'),
  'NaN in the JSON': (body, response) => response.end(body.replace(/:\s*(\[|\{|-?\d)/, ':NaN,$1')),
  'UTF-16': (body, response) => response.end(Buffer.from(body, 'utf16le')),
  'bytes of GBK': (body, response) =>
    response.end(
      Buffer.concat([
        Buffer.from(`${body.slice(0, -1)},"msg":"`),
        Buffer.from([0xd6, 0xd0, 0xce, 0xc4]),
        Buffer.from('"}'),
      ]),
    ),
  'a gzip that is none': (body, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(body),
  'a gzip cut short': (body, response) => {
    const packed = gzipSync(body);
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed.subarray(0, packed.length >> 1));
  },
  'a number alone': (_body, response) => response.end('7'),
  'an empty list': (_body, response) => response.end('[]'),
  null: (_body, response) => response.end('null'),
};

/** A gzip of zeros that grows a thousandfold. */
export const bomb = (megabytes: number) => gzipSync(Buffer.alloc(megabytes * 2 ** 20, ' '), { level: 1 });

/** Values of other kinds than texts and finite numbers. */
const NONSENSE: readonly Json[] = [true, [], {}, [1], { value: 1 }];

/** Numbers that no market has. */
const ABSURD: readonly Json[] = [1e308, -1e300, 1e-300, 1e30];

/** A value that is no number, of one of many kinds; as a text in JSON, where 1e999 is one. */
export function noNumber(rng: Rng): string {
  const values = [
    ...NONSENSE.map((value) => JSON.stringify(value)),
    '"abc"',
    '"1,5"',
    '"１２"',
    '"0x10"',
    '"NaN"',
    '1e999',
  ];
  return values[Math.floor(rng.uniform() * values.length)];
}

/** Puts something of another kind, or out of all measure, in the place of a value anywhere in a document. */
export function replaceAnywhere(document: unknown, rng: Rng): string {
  const root = structuredClone(document) as Json;
  const places: (() => void)[] = [];
  const values = [...NONSENSE, ...ABSURD];
  const put = () => values[Math.floor(rng.uniform() * values.length)];
  (function walk(node: Json): void {
    if (node === null || typeof node !== 'object') return;
    const entries = Array.isArray(node) ? [...node.entries()] : Object.entries(node);
    for (const [key, value] of entries) {
      places.push(() => {
        (node as Record<string | number, Json>)[key] = put();
      });
      places.push(() => {
        if (Array.isArray(node)) node.splice(Number(key), 1);
        else delete node[key];
      });
      walk(value);
    }
  })(root);
  places[Math.floor(rng.uniform() * places.length)]();
  return JSON.stringify(root);
}
