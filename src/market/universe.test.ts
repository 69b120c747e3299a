import { describe, expect, it } from 'vitest';
import { parseDay } from '../util/index.js';
import { boardOf, canonicalSymbol, exchangeOf } from './boards.js';
import { codedMarket } from './coded-market.fixture.js';
import { universeMask } from './universe.js';

describe('universeMask', () => {
  it('is the index as it was on each day', () => {
    const { members, bars } = codedMarket();
    // SH600001 throughout; SZ000002 on 2020-01-07 and -08, the fourth and fifth session; SZ300003 never.
    expect([...universeMask(members, 'csi300', bars)]).toEqual(
      [
        [1, 1, 1, 1, 1, 1, 1],
        [0, 0, 0, 1, 1, 0, 0],
        [0, 0, 0, 0, 0, 0, 0],
      ].flat(),
    );
  });

  it('takes spells that begin and end on closed days, and the symbol of the index', () => {
    const { bars } = codedMarket();
    const weekend = { index: 'csi300', symbol: 'SZ300003', from: parseDay('2020-01-04'), to: parseDay('2020-01-06') };
    expect([...universeMask([weekend], 'SH000300', bars)].lastIndexOf(1)).toBe(2 * 7 + 2);
  });

  it('names the indices there are', () => {
    const { members, bars } = codedMarket();
    expect(() => universeMask(members, 'csi500', bars)).toThrow(
      expect.objectContaining({ code: 'INDEX_UNKNOWN', message: expect.stringContaining('csi300') }),
    );
  });

  it('tells an empty universe', () => {
    const { members, bars } = codedMarket();
    const others = members.map((spell) => ({ ...spell, symbol: 'SH600999' }));
    expect(() => universeMask(others, 'csi300', bars)).toThrow(expect.objectContaining({ code: 'UNIVERSE_EMPTY' }));
  });
});

describe('symbols', () => {
  it.each([
    ['SH600000', 'main', 'SSE'],
    ['SH601318', 'main', 'SSE'],
    ['SH603259', 'main', 'SSE'],
    ['SH605117', 'main', 'SSE'],
    ['SH688981', 'star', 'SSE'],
    ['SZ000001', 'main', 'SZSE'],
    ['SZ002594', 'main', 'SZSE'],
    ['SZ003816', 'main', 'SZSE'],
    ['SZ300750', 'chinext', 'SZSE'],
    ['SZ301269', 'chinext', 'SZSE'],
    ['BJ430047', 'bse', 'BSE'],
    ['SH000300', 'index', 'SSE'],
    ['SZ399300', 'index', 'SZSE'],
    ['SH510300', 'other', 'SSE'],
    ['AAPL', 'other', ''],
  ])('%s is on board %s of %s', (symbol, board, exchange) => {
    expect([boardOf(symbol), exchangeOf(symbol)]).toEqual([board, exchange]);
  });

  it.each(['SH600000', 'sh600000', 'sh.600000', '600000.SH', ' 600000.sh '])('writes "%s" as SH600000', (text) => {
    expect(canonicalSymbol(text)).toBe('SH600000');
  });

  it.each(['600000', 'SH60000', 'AAPL', '600000.XX'])('knows "%s" as no A-share', (text) => {
    expect(canonicalSymbol(text)).toBeNull();
  });
});
