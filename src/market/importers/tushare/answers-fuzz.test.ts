import { mkdtempSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CandlenetError, createRng, parseDay, type Rng } from '../../../util/index.js';
import { checkMarketTables } from '../../check-tables.js';
import type { MarketTables } from '../../types.js';
import { testPacing } from '../http/local-server.fixture.js';
import { bomb, noNumber, replaceAnywhere, SPOILT_BODIES } from '../http/mutations.fixture.js';
import { expectSound } from '../sound-market.fixture.js';
import { importTushare } from './import-tushare.js';
import { answer, codedTables, STOCKS, startTushare, TOKEN, type TushareServer } from './tushare-server.fixture.js';

let server: TushareServer;
let honest: MarketTables;
beforeAll(async () => {
  server = await startTushare();
  prepare();
  honest = await load();
});
afterAll(() => server.close());
beforeEach(prepare);

function prepare(): void {
  server.tables = codedTables();
  server.tables.news = [{ src: 'cls', datetime: '2020-01-02 09:00:00', title: '600001.SH', content: '' }];
  server.tables.suspend_d = [
    { ts_code: STOCKS[0], trade_date: '20200108', suspend_timing: '09:30-10:00', suspend_type: 'S' },
  ];
  server.instead = () => false;
}

const load = (timeoutSeconds = 60, cacheDir?: string) =>
  importTushare({
    token: TOKEN,
    index: 'csi300',
    from: parseDay('2020-01-01'),
    to: parseDay('2020-01-09'),
    news: ['cls'],
    baseUrl: server.url,
    pacing: testPacing(),
    tries: 2,
    timeoutSeconds,
    ...(cacheDir === undefined ? {} : { cacheDir }),
  });

interface Answer {
  readonly code: number;
  readonly msg: string;
  readonly data: { fields: string[]; items: (string | number | null)[][] };
}

/** Tampers with the answers of an api that have rows, of the first stock where it is asked for stocks. */
function tamper(api: string, spoil: (answer: Answer, response: ServerResponse) => void): void {
  server.instead = (call, response) => {
    if (call.api_name !== api || STOCKS.indexOf(call.params.ts_code) > 0) return false;
    const fine = answer(server.tables, call) as Answer;
    if (fine.data.items.length === 0) return false;
    spoil(fine, response);
    return true;
  };
}

const send = (change: (answer: Answer) => void) => (fine: Answer, response: ServerResponse) => {
  change(fine);
  response.end(JSON.stringify(fine));
};

/** Every kind of data, and its columns of numbers and of days. */
const APIS: Readonly<Record<string, { readonly numbers?: readonly string[]; readonly days?: readonly string[] }>> = {
  trade_cal: { numbers: ['is_open'], days: ['cal_date'] },
  stock_basic: { days: ['list_date'] },
  index_weight: { days: ['trade_date'] },
  daily: { numbers: ['open', 'high', 'low', 'close', 'pct_chg', 'vol', 'amount'], days: ['trade_date'] },
  adj_factor: { numbers: ['adj_factor'], days: ['trade_date'] },
  daily_basic: {
    numbers: ['turnover_rate', 'pe_ttm', 'pb', 'ps_ttm', 'total_share', 'float_share', 'total_mv'],
    days: ['trade_date'],
  },
  suspend_d: {},
  namechange: { days: ['start_date'] },
  index_daily: { numbers: ['open', 'high', 'low', 'close', 'vol'], days: ['trade_date'] },
  income: { numbers: ['revenue', 'n_income', 'n_income_attr_p'], days: ['ann_date', 'f_ann_date', 'end_date'] },
  balancesheet: { numbers: ['total_assets', 'total_share'], days: ['end_date'] },
  cashflow: { numbers: ['n_cashflow_act'], days: ['f_ann_date'] },
  fina_indicator: { numbers: ['roe_waa', 'debt_to_assets'], days: ['ann_date', 'end_date'] },
  cn_gdp: { numbers: ['gdp_yoy'], days: ['quarter'] },
  cn_cpi: { numbers: ['nt_yoy'], days: ['month'] },
  cn_pmi: { numbers: ['pmi010000'], days: ['month'] },
  shibor: { numbers: ['3m'], days: ['date'] },
  yc_cb: { numbers: ['yield'], days: ['trade_date'] },
  fx_daily: { numbers: ['bid_close', 'ask_close'], days: ['trade_date'] },
  news: { days: ['datetime'] },
};
const SEEDS = 2;
/** Every answer goes through one client: all spoilt bodies for some, one each for the others. */
const SPOILT_IN_ALL_WAYS = ['trade_cal', 'daily', 'income'];

async function outcome(timeoutSeconds?: number): Promise<MarketTables | CandlenetError> {
  try {
    const market = await load(timeoutSeconds);
    checkMarketTables(market);
    return market;
  } catch (error) {
    if (error instanceof CandlenetError && error.exitStatus === 2) return error;
    throw error;
  }
}

async function refused(api: string, timeoutSeconds?: number): Promise<string> {
  const found = await outcome(timeoutSeconds);
  if (!(found instanceof CandlenetError)) throw new Error(`${api}: taken, expected a refusal`);
  expect(found.message).toContain(`tushare ${api}`);
  expect(found.message).not.toContain('\n');
  return found.message;
}

const pick = <T>(values: readonly T[], rng: Rng): T => values[Math.floor(rng.uniform() * values.length)];

describe.each(Object.entries(APIS))('answers of %s that were tampered with', (api, { numbers = [], days = [] }) => {
  const bodies = Object.entries(SPOILT_BODIES);
  const one = Object.keys(APIS).indexOf(api) % bodies.length;
  it.each(SPOILT_IN_ALL_WAYS.includes(api) ? bodies : [bodies[one]])(
    'are refused when they are %s',
    async (name, spoil) => {
      tamper(api, (fine, response) => spoil(JSON.stringify(fine), response, createRng(1, api, name)));
      await refused(api);
    },
  );

  it('are refused with row and column where a number is none', async () => {
    for (let seed = 0; numbers.length > 0 && seed < SEEDS; seed++) {
      const rng = createRng(seed, api, 'number');
      const column = pick(numbers, rng);
      let row = 0;
      tamper(api, (fine, response) => {
        row = Math.floor(rng.uniform() * fine.data.items.length);
        const at = fine.data.fields.findIndex((field) => field.toLowerCase() === column);
        fine.data.items[row][at] = 'MARK';
        response.end(JSON.stringify(fine).replace('"MARK"', noNumber(createRng(seed, api, 'value'))));
      });
      expect(await refused(api)).toContain(`row ${row + 1}, column "${column}": found `);
    }
  });

  it('are refused with row and column where a day is none', async () => {
    for (const [seed, wrong] of ['20201301', '2020-1-2'].entries()) {
      if (days.length === 0) return;
      const rng = createRng(seed, api, 'day');
      const column = pick(days, rng);
      let row = 0;
      tamper(
        api,
        send(({ data }) => {
          row = Math.floor(rng.uniform() * data.items.length);
          data.items[row][data.fields.findIndex((field) => field.toLowerCase() === column)] = wrong;
        }),
      );
      expect(await refused(api)).toContain(`row ${row + 1}, column "${column}"`);
    }
  });

  it('are refused with the row where its cells are more or fewer', async () => {
    for (const change of [(row: unknown[]) => row.pop(), (row: unknown[]) => row.push(1)]) {
      tamper(
        api,
        send(({ data }) => change(data.items[0])),
      );
      expect(await refused(api)).toMatch(/row 1: found \d+ cells, expected \d+/);
    }
  });

  it('are refused where a column is missing or there twice', async () => {
    for (const [count, says] of [
      [0, 'is missing'],
      [2, 'found it 2 times'],
    ] as const) {
      tamper(
        api,
        send(({ data }) => {
          const at = Math.floor(createRng(0, api, 'column').uniform() * data.fields.length);
          const cells = count === 0 ? (row: unknown[]) => row.splice(at, 1) : (row: unknown[]) => row.push(row[at]);
          cells(data.fields);
          data.items.forEach(cells);
        }),
      );
      expect(await refused(api)).toContain(says);
    }
  });

  it('say the same with rows and columns in another order', async () => {
    tamper(
      api,
      send(({ data }) => {
        data.fields.reverse();
        for (const row of data.items) row.reverse();
        data.items.reverse();
      }),
    );
    const market = await load();
    const sorted = ({ fundamentals, ...rest }: MarketTables) => ({ ...rest, facts: fundamentals?.length });
    expect(JSON.stringify(sorted(market).bars)).toBe(JSON.stringify(sorted(honest).bars));
    expect(market.fundamentals?.length).toBe(honest.fundamentals?.length);
    expect(market.macro?.length).toBe(honest.macro?.length);
  });

  it('never crash nor bring in half a store, whatever is replaced', async () => {
    for (let seed = 0; seed < SEEDS; seed++) {
      tamper(api, (fine, response) => response.end(replaceAnywhere(fine, createRng(seed, api, 'anywhere'))));
      const found = await outcome();
      if (found instanceof CandlenetError) expect(found.message).toContain('tushare ');
      else expectSound(found);
    }
  });
});

describe('answers of another size', () => {
  it('are refused when they unpack to more than any answer is', async () => {
    const packed = bomb(100);
    tamper('daily', (_fine, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed));
    expect(await refused('daily')).toContain('found an answer above');
  });

  it('are refused when they never end, slow or fast', async () => {
    tamper('daily', (_fine, response) => {
      const timer = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(timer));
    });
    expect(await refused('daily', 1)).toContain('no answer within 1 s');
    const chunk = Buffer.alloc(2 ** 20, ' ');
    tamper('daily', (_fine, response) => {
      const more = () => {
        while (!response.destroyed && response.write(chunk));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    expect(await refused('daily')).toContain('found an answer above');
  });

  it('are refused when a page comes again and again', async () => {
    server.instead = (call, response) => {
      if (call.api_name !== 'trade_cal') return false;
      const fine = answer(server.tables, { ...call, params: { ...call.params, offset: '0' } }) as Answer;
      response.end(JSON.stringify({ ...fine, data: { ...fine.data, has_more: true } }));
      return true;
    };
    expect(await refused('trade_cal')).toContain('row 9: found the page before once more');
  });
});

it.each<[string, string, string]>([
  ['daily', 'ts_code', 'expected 600001.SH'],
  ['income', 'ts_code', 'expected 600001.SH'],
  ['trade_cal', 'is_open', 'expected 0 or 1'],
  ['adj_factor', 'adj_factor', 'expected a number above 0'],
])('rows of %s are refused when %s holds what cannot be', async (api, column, says) => {
  tamper(
    api,
    send(({ data }) => {
      data.items[0][data.fields.indexOf(column)] = column === 'ts_code' ? '600999.SH' : -7;
    }),
  );
  expect(await refused(api)).toMatch(new RegExp(`row 1, column "${column}": found .*${says}`));
});

it('two rows of a day that differ are refused, and two that do not are one', async () => {
  for (const api of ['daily', 'adj_factor', 'daily_basic', 'index_daily', 'shibor', 'cn_cpi']) {
    const twice = (change: boolean) =>
      send(({ data }) => {
        const copy = [...data.items[0]];
        if (change) copy[data.fields.length - 1] = 987;
        data.items.push(copy);
      });
    tamper(api, twice(true));
    expect(await refused(api)).toMatch(/differs from row 1, expected one row a (day|period)/);
    tamper(api, twice(false));
    const market = await load();
    expect(market.bars).toEqual(honest.bars);
    expect(market.findings.find(({ kind }) => kind === 'row-repeated')?.count).toBeGreaterThan(0);
  }
});

it('an answer with a wrong cell is not kept: the next import asks for it anew', async () => {
  const cacheDir = mkdtempSync(join(tmpdir(), 'candlenet-fuzz-'));
  tamper(
    'shibor',
    send(({ data }) => {
      data.items[0][data.fields.indexOf('3m')] = '--';
    }),
  );
  await expect(load(60, cacheDir)).rejects.toThrow('column "3m": found "--", expected a number');
  server.instead = () => false;
  expect((await load(60, cacheDir)).bars).toEqual(honest.bars);
  rmSync(cacheDir, { recursive: true, force: true });
});
