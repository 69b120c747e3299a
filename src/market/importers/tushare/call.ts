import { z } from 'zod';
import { CandlenetError } from '../../../util/index.js';
import { type HttpClient, type RateLimit, readJson, TryAgain } from '../http/index.js';
import { type TushareRows, tushareRows } from './rows.js';

export const TUSHARE_URL = 'http://api.tushare.pro';

/** Rows asked for at once; no call of ours has a lower limit of its own (`dividend` and `suspend_d` have 5,000 and more). */
const PAGE_ROWS = 3000;
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
    .object({ fields: z.array(z.string()), items: z.array(z.array(z.union([z.string(), z.number(), z.null()]))) })
    .nullish(),
});

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
  const items: TushareRows['items'][number][] = [];
  try {
    for (let offset = 0; ; offset += PAGE_ROWS) {
      const paged = { ...params, limit: String(PAGE_ROWS), offset: String(offset) };
      const page = await askPage(tushare, what, api, paged, fields);
      items.push(...page.items);
      if (page.items.length < PAGE_ROWS) return tushareRows(what, page.fields, items);
    }
  } catch (error) {
    if (!(error instanceof NotPermitted)) throw error;
    tushare.refused.add(api);
    return null;
  }
}

function askPage(
  { client, url, token, limitOf, until }: TushareApi,
  what: string,
  api: string,
  params: TushareParams,
  fields: readonly string[],
) {
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
      for (const field of fields) {
        if (!data.fields.includes(field)) {
          throw new CandlenetError(
            'TABLE_INVALID',
            `${what}: column "${field}" is missing, found ${data.fields.join(', ')}`,
          );
        }
      }
      return data;
    },
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
