import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { requestFeatures } from './request-features.js';

const folder = mkdtempSync(join(tmpdir(), 'candlenet-request-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const CONFIG = `market: { store: store, index: csi300 }
features: { groups: [price-volume, alpha158], expressions: { calm: "-std(close, 20) / close" } }
split: { train: [2016-01-04, 2016-12-30], validate: [2017-01-02, 2017-05-31], test: [2017-06-01, 2017-10-31] }
`;

describe('what features are asked for', () => {
  it('is the paper’s set where nothing is said, and nothing else where something is', () => {
    expect(requestFeatures({})).toEqual({
      ...{ groups: ['paper'], expressions: {}, own: [], index: undefined },
      classifier: null,
    });
    expect(requestFeatures({ alpha158: true }).groups).toEqual(['alpha158']);
    expect(requestFeatures({ expression: ['gap=open / ref(close, 1) - 1'] })).toMatchObject({
      groups: [],
      expressions: { gap: 'open / ref(close, 1) - 1' },
    });
  });

  it('is all of a configuration, a file and the line together', () => {
    const request = {
      config: write('c.yaml', CONFIG),
      groups: ['RSI'],
      alpha158: true,
      expression: ['up=close > open', 'same=close == open'],
      expressions: write('e.yaml', '# mine\nreversal: mean(close, 5) / close - 1\none: 1\n'),
    };
    expect(requestFeatures(request)).toEqual({
      groups: ['price-volume', 'alpha158', 'RSI'],
      expressions: {
        calm: '-std(close, 20) / close',
        reversal: 'mean(close, 5) / close - 1',
        one: '1',
        up: 'close > open',
        same: 'close == open',
      },
      own: [],
      index: 'csi300',
      classifier: null,
    });
    expect(requestFeatures({ ...request, index: 'csi500' }).index).toBe('csi500');
  });

  it.each([
    ['a: mean(close)\n', 'EXPRESSION_INVALID', /e\.yaml:1: features\.expressions\.a: /],
    ['a: close\nb: ref(close, -1)\n', 'EXPRESSION_LOOKS_AHEAD', /e\.yaml:2: /],
    ['a: [close]\n', 'CONFIG_INVALID', /e\.yaml:1: a: expected a formula/],
    ['a: close\na: open\n', 'CONFIG_SYNTAX', /e\.yaml:2:1: not valid YAML: Map keys must be unique/],
    ['', 'CONFIG_INVALID', /e\.yaml:1: found no expressions/],
    ['RSI: close\n', 'CONFIG_INVALID', /e\.yaml:1: features\.expressions: found "RSI"/],
  ])('refuses the file %j', (text, code, message) => {
    const request = { expressions: write('e.yaml', text) };
    expect(() => requestFeatures(request)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });

  it('refuses a name given twice, and a line that is no name=formula', () => {
    expect(() => requestFeatures({ expression: ['a=close', 'a=open'] })).toThrow('found "a" twice');
    for (const text of ['close / open', 'a=', '=close', 'a==close']) {
      expect(() => requestFeatures({ expression: [text] })).toThrow(
        `--expression: found "${text}", expected name=formula`,
      );
    }
  });
});
