import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseDay } from '../util/index.js';
import { importBarFiles, importTableFiles } from './importers/index.js';
import { extendMarketStore } from './merge/index.js';
import { openMarketStore } from './store.js';
import { verifyStore } from './verify-store.js';

let folder: string;
let store: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'candlenet-weights-'));
  store = join(folder, 'store');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, lines: readonly string[]) => {
  writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
  return join(folder, name);
};
const days = ['2020-01-02', '2020-01-03', '2020-01-06', '2020-01-07'];
async function storeOfBars(members: string) {
  mkdirSync(join(folder, 'bars'));
  for (const symbol of ['SH600000', 'SZ000001']) {
    write(`bars/${symbol}.csv`, ['date,open,high,low,close,volume', ...days.map((day) => `${day},1,1,1,1,1`)]);
  }
  const part = await importBarFiles(join(folder, 'bars'), { index: 'csi300', membersFile: members });
  return extendMarketStore(store, part);
}
const readMembers = async (asOf = '2020-01-07') => (await openMarketStore(store)).readMembers({ asOf: parseDay(asOf) });
const spell = (symbol: string, from: string, to: string, weight?: number) => ({
  index: 'csi300',
  symbol,
  from: parseDay(from),
  to: parseDay(to),
  ...(weight === undefined ? {} : { weight }),
});

it('come with the members, as shares, and are known from the first day of their spell', async () => {
  const file = write('members.csv', [
    'symbol,from,to,weight',
    'SH600000,2020-01-02,2020-01-03,0.6',
    'SH600000,2020-01-06,2020-01-07,0.7',
    'SZ000001,2020-01-02,2020-01-07,',
  ]);
  const { manifest } = await storeOfBars(file);
  expect(manifest.hasMemberWeights).toBe(true);
  expect(await readMembers()).toEqual([
    spell('SH600000', '2020-01-02', '2020-01-03', 0.6),
    spell('SH600000', '2020-01-06', '2020-01-07', 0.7),
    spell('SZ000001', '2020-01-02', '2020-01-07'),
  ]);
  expect(await readMembers('2020-01-03')).toEqual([
    spell('SH600000', '2020-01-02', '2020-01-03', 0.6),
    spell('SZ000001', '2020-01-02', '2020-01-03'),
  ]);
  await verifyStore(await openMarketStore(store));
});

it('join members that have none, fill in, split spells, and contradict', async () => {
  await storeOfBars(
    write('plain.csv', ['symbol,from,to', 'SH600000,2020-01-02,2020-01-07', 'SZ000001,2020-01-02,2020-01-07']),
  );
  expect((await openMarketStore(store)).manifest).not.toHaveProperty('hasMemberWeights');
  const percent = (first: number, name: string) =>
    write(name, ['symbol,from,to,w', `600000.SH,2020-01-02,2020-01-03,${first}`, '600000.SH,2020-01-06,2020-01-07,70']);
  const map = write('map.yaml', ['columns:', '  weight: { from: w, scale: 0.01 }']);
  const load = (file: string) => importTableFiles(file, 'members', { index: 'csi300', map });
  const { changed } = await extendMarketStore(store, await load(percent(60, 'a.csv')));
  expect(changed).toBe(true);
  const joined = [
    spell('SH600000', '2020-01-02', '2020-01-03', 0.6),
    spell('SH600000', '2020-01-06', '2020-01-07', 0.7000000000000001),
    spell('SZ000001', '2020-01-02', '2020-01-07'),
  ];
  expect(await readMembers()).toEqual(joined);
  expect((await extendMarketStore(store, await load(percent(60, 'a.csv')))).changed).toBe(false);
  await expect(extendMarketStore(store, await load(percent(61, 'b.csv')))).rejects.toMatchObject({
    code: 'STORE_CONFLICT',
    message: expect.stringMatching(/csi300 SH600000 2020-01-02, column "weight": found 0\.61, .* has 0\.6 /) as string,
  });
});

it('are refused in per cent, which no map has brought to shares', async () => {
  const file = write('percent.csv', ['symbol,from,to,weight', 'SH600000,2020-01-02,2020-01-07,5.5']);
  await expect(importTableFiles(file, 'members', { index: 'csi300' })).rejects.toThrow(
    /percent\.csv line 2: column "weight": found "5\.5", expected a share of the index from 0 to 1; .*scale: 0\.01/,
  );
  await expect(storeOfBars(file)).rejects.toThrow(/percent\.csv line 2: column "weight": found "5\.5"/);
});
