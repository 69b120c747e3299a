import { z } from 'zod';
import { CandlenetError } from '../../../util/index.js';
import { type HttpClient, type RateLimit, readJson, TryAgain } from '../http/index.js';
import { type Cell, NUMBER, type TushareRows, tushareRows } from './rows.js';

export const TUSHARE_URL = 'http://api.tushare.pro';

/** Rows asked for at once, no more than the documents of an api allow. */
const PAGE_ROWS = 3000;
const PAGE_ROWS_OF: Readonly<Record<string, number>> = {
  fina_indicator: 100,
  cn_pmi: 2000,
  sf_month: 2000,
  shibor: 2000,
  yc_cb: 2000,
  fx_daily: 1000,
  news: 1500,
};
/** The quota is counted by the minute. */
const QUOTA_WAIT_SECONDS = 60;

export type TushareParams = Readonly<Record<string, string>>;

export interface TushareApi {
  readonly client: HttpClient;
  readonly url: string;
  readonly token: string;
  /** The limits of Tushare are counted for each api by itself. */
  readonly limitOf: (api: string) => RateLimit;
  /** Last day of the import: part of the identity of every request, so that a later import asks anew. */
  readonly until: string;
  /** Apis the token is not allowed to use. */
  readonly refused: Set<string>;
}

const answerSchema = z.object({
  code: z.number(),
  msg: z.string().nullish(),
  data: z
    .object({ fields: z.array(z.string()), items: z.array(z.array(z.unknown())), has_more: z.boolean().nullish() })
    .nullish(),
});

interface Page {
  /** In lower case: `cn_pmi` answers in capitals. */
  readonly fields: readonly string[];
  readonly items: readonly (readonly Cell[])[];
  readonly hasMore: boolean;
}

/** The token may not use this api. */
class NotPermitted extends Error {}

/**
 * All rows of one api, page by page.
 * @param fields columns wanted, all of which must come back
 * @returns null where the token has no permission for the api, which is then in `refused`
 * @throws HTTP_REFUSED, HTTP_FAILED, TABLE_INVALID, INTERRUPTED
 */
export async function callTushare(
  tushare: TushareApi,
  api: string,
  params: TushareParams,
  fields: readonly string[],
): Promise<TushareRows | null> {
  if (tushare.refused.has(api)) return null;
  const shown = Object.entries(params).map(([key, value]) => ` ${key}=${value}`);
  const what = `tushare ${api}${shown.join('')}`;
  const most = PAGE_ROWS_OF[api] ?? PAGE_ROWS;
  const stock = LISTED_CODE.test(params.ts_code ?? '') ? params.ts_code : null;
  const columns = stock === null ? fields : ['ts_code', ...fields];
  const items: (readonly Cell[])[] = [];
  let header: readonly string[] | null = null;
  try {
    let before = '';
    for (;;) {
      const paged = { ...params, limit: String(most), offset: String(items.length) };
      const { fields: found, items: cells, hasMore } = await askPage(tushare, what, api, paged, columns, items.length);
      if (header !== null && found.join() !== header.join()) {
        throw invalid(
          `${what}: row ${items.length + 1}: found columns ${found.join(', ')}, expected ${header.join(', ')}`,
        );
      }
      header = found;
      const page = JSON.stringify(cells);
      if (cells.length > 0 && page === before) {
        throw invalid(`${what}: row ${items.length + 1}: found the page before once more, expected the next one`);
      }
      before = page;
      items.push(...cells);
      if (stock !== null) checkStock(what, stock, found, items);
      if (cells.length < most && !(hasMore && cells.length > 0)) return tushareRows(what, header, items);
    }
  } catch (error) {
    if (!(error instanceof NotPermitted)) throw error;
    tushare.refused.add(api);
    return null;
  }
}

/** A stock or an index, as a listing. */
const LISTED_CODE = /^\d{6}\.(SH|SZ|BJ)$/;

function checkStock(what: string, stock: string, fields: readonly string[], items: TushareRows['items']): void {
  const column = fields.indexOf('ts_code');
  const row = items.findIndex((item) => item[column] !== stock);
  if (row < 0) return;
  throw invalid(
    `${what}: row ${row + 1}, column "ts_code": found ${JSON.stringify(items[row][column])}, expected ${stock}`,
  );
}

const invalid = (message: string) => new CandlenetError('TABLE_INVALID', message);

function askPage(
  { client, url, token, limitOf, until }: TushareApi,
  what: string,
  api: string,
  params: TushareParams,
  fields: readonly string[],
  before: number,
): Promise<Page> {
  const request = { api_name: api, params, fields: fields.join(',') };
  return client.ask({
    what,
    identity: { source: 'tushare', url, until, ...request },
    url,
    body: JSON.stringify({ ...request, token }),
    limit: limitOf(api),
    read(text, status) {
      const parsed = answerSchema.safeParse(readJson(text));
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        throw new CandlenetError(
          'HTTP_FAILED',
          `${what}: found an answer of another shape (HTTP status ${status}, ${issue.path.join('.') || 'whole answer'}: ${issue.message}), expected {code, msg, data: {fields, items}}`,
        );
      }
      const { code, msg, data } = parsed.data;
      if (code !== 0) throw refusal(what, code, (msg ?? '').replaceAll(token, '…'));
      if (!data) throw new TryAgain('code 0 without data');
      const found = data.fields.map((field) => field.toLowerCase());
      for (const field of fields) {
        const times = found.filter((name) => name === field).length;
        if (times === 0) throw invalid(`${what}: column "${field}" is missing, found ${data.fields.join(', ')}`);
        if (times > 1) throw invalid(`${what}: column "${field}": found it ${times} times, expected it once`);
      }
      return { fields: found, items: checkedCells(what, found, data.items, before), hasMore: data.has_more ?? false };
    },
  });
}

/** Columns that hold texts; `…date` are days, all others numbers. */
const TEXTS = new Set(
  'ts_code con_code name industry quarter month update_flag suspend_timing div_proc datetime title content'.split(' '),
);

/** What a cell should have been; null where it is. */
function expectedText(field: string, cell: Cell): string | null {
  if (cell === null || TEXTS.has(field)) return null;
  if (/date$/.test(field)) return cell === '' || /^\d{8}$/.test(String(cell)) ? null : 'a date as YYYYMMDD';
  return typeof cell === 'number' || NUMBER.test(cell.trim()) ? null : 'a number';
}

/** @throws TABLE_INVALID for a row of another length than the header, and a cell that is no text, number or null */
function checkedCells(
  what: string,
  fields: readonly string[],
  items: readonly (readonly unknown[])[],
  before: number,
): (readonly Cell[])[] {
  return items.map((item, i) => {
    const row = before + i + 1;
    if (item.length !== fields.length) {
      throw invalid(`${what}: row ${row}: found ${item.length} cells, expected ${fields.length}`);
    }
    const bad = item.findIndex((cell) => cell !== null && typeof cell !== 'string' && !Number.isFinite(cell));
    if (bad < 0) {
      item.forEach((cell, column) => {
        const expected = expectedText(fields[column], cell as Cell);
        if (expected !== null) {
          throw invalid(
            `${what}: row ${row}, column "${fields[column]}": found ${JSON.stringify(cell)}, expected ${expected}`,
          );
        }
      });
      return item as readonly Cell[];
    }
    const cell = typeof item[bad] === 'number' ? String(item[bad]) : JSON.stringify(item[bad]);
    throw invalid(
      `${what}: row ${row}, column "${fields[bad]}": found ${cell.slice(0, 60)}, expected a text, a finite number or null`,
    );
  });
}

/**
 * What a code other than 0 means. The documents name 2002 for permissions; answers also use 40203, both for the quota and for
 * permissions, so the words decide.
 */
function refusal(what: string, code: number, message: string): Error {
  if (/每分钟/.test(message)) return new TryAgain(`code ${code}, ${message}`, QUOTA_WAIT_SECONDS);
  if (!/token/i.test(message) && (/权限/.test(message) || code === 2002)) return new NotPermitted(message);
  const hint = /token/i.test(message) ? '; expected the token of your account' : '';
  return new CandlenetError('HTTP_REFUSED', `${what}: found code ${code}, ${message || 'without a reason'}${hint}`);
}
