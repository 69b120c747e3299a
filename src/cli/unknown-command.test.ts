import { afterEach, expect, it, vi } from 'vitest';
import { runCli } from './cli.js';

afterEach(() => vi.restoreAllMocks());

async function answerTo(...args: string[]): Promise<[status: number, line: string]> {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const status = await runCli(args);
  return [status, write.mock.calls.map(([text]) => String(text)).join('')];
}

it.each([
  [
    ['updaet', 'stores/csi300'],
    /^candlenet: unknown command 'updaet'; did you mean 'update'\? \[ARGUMENT_INVALID\]\n$/,
  ],
  [['imprt', 'csv', 'bars/', '--store', 'here'], /unknown command 'imprt'; did you mean 'import'\?/],
  [['Data', 'stores/csi300', '--json'], /unknown command 'Data'; did you mean 'data'\?/],
  [['serve'], /unknown command 'serve'; expected one of demo, synth, import, update, /],
  [['--bogus'], /unknown option '--bogus'/],
])('%j', async (args, line) => {
  expect(await answerTo(...args)).toEqual([2, expect.stringMatching(line)]);
});
