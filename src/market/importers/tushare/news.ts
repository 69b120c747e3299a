import { createTableBuilder } from '../../../tables/index.js';
import { CandlenetError, type Day, formatDay, parseDay } from '../../../util/index.js';
import { localInstant } from '../../session-clock.js';
import { newsSchema } from '../../store-schema.js';
import type { DataFinding, NewsTable } from '../../types.js';
import type { InstrumentFacts } from '../instrument-names.js';
import { callTushare, type TushareApi } from './call.js';
import type { TushareRows } from './rows.js';
import type { StockRows } from './stock-rows.js';

/** Sources of `news` by the codes Tushare documents. */
const NEWS_SOURCES: readonly string[] = [
  'sina',
  'wallstreetcn',
  '10jqka',
  'eastmoney',
  'yuncaijing',
  'fenghuang',
  'jinrongjie',
  'cls',
  'yicai',
];

/** @throws ARGUMENT_INVALID */
export function checkNewsSources(sources: readonly string[]): void {
  const unknown = sources.find((source) => !NEWS_SOURCES.includes(source));
  if (unknown === undefined) return;
  throw new CandlenetError(
    'ARGUMENT_INVALID',
    `tushare: news: found "${unknown}", expected one or more of ${NEWS_SOURCES.join(', ')}`,
  );
}

/** The times of `news` are those of China. */
const ZONE = 'Asia/Shanghai';

/** Shorter names are words of the language too. */
const SHORTEST_NAME = 3;

interface Naming {
  readonly symbol: string;
  readonly name: string;
  readonly from: Day;
  readonly to: number;
}

/**
 * Short news of a period about the stocks (`news`), day by day. The source does not say whom a piece is about: it is about each
 * stock that it calls by the name of the day, marks of special treatment aside, or by its code (`600000.SH`).
 * @returns undefined news without permission
 * @throws what `callTushare` throws, TABLE_INVALID
 */
export async function readNews(
  tushare: TushareApi,
  sources: readonly string[],
  stocks: readonly StockRows[],
  listings: ReadonlyMap<string, InstrumentFacts>,
  period: { readonly from: Day; readonly to: Day },
  progress: (day: number, days: number) => void,
): Promise<{ readonly news: NewsTable | undefined; readonly findings: DataFinding[] }> {
  const table = createTableBuilder(newsSchema);
  const names = namesOf(stocks, listings);
  const known = new Set(stocks.map(({ symbol }) => symbol));
  const seen = new Set<string>();
  let nobody = 0;
  let example = '';
  let refused = false;
  const length = period.to - period.from + 1;
  for (let day = period.from; day <= period.to && !refused; day++) {
    const today = names.filter(({ from, to }) => from <= day && day <= to);
    for (const src of sources) {
      const date = formatDay(day);
      const params = { src, start_date: `${date} 00:00:00`, end_date: `${date} 23:59:59` };
      const rows = await callTushare(tushare, 'news', params, ['datetime', 'title', 'content']);
      refused ||= rows === null;
      for (let row = 0; rows !== null && row < rows.items.length; row++) {
        const published = instantOf(rows, row, day);
        const [title, body] = textsOf(rows, row);
        const symbols = namedIn(`${title}\n${body}`, today, known);
        if (symbols.length === 0 && nobody++ === 0) example = `${rows.what} row ${row + 1}`;
        for (const symbol of symbols) {
          const key = JSON.stringify([symbol, published, title, body]);
          if (seen.has(key)) continue;
          seen.add(key);
          table.add({ symbol, published, zone: ZONE, title, body, score: Number.NaN });
        }
      }
    }
    progress(day - period.from + 1, length);
  }
  return {
    news: refused ? undefined : table.build(),
    findings: [
      {
        kind: 'news-without-stock',
        title: 'News that name none of the stocks',
        count: nobody,
        example,
        action: 'left out',
      },
    ],
  };
}

/** ST, *ST, S*ST and SST before a name, and XD, XR, DR on an ex-day. */
const MARKS = /^(S?\*?ST|XD|XR|DR)/i;

function namesOf(stocks: readonly StockRows[], listings: ReadonlyMap<string, InstrumentFacts>): Naming[] {
  const plain = (name: string) => name.normalize('NFKC').replace(MARKS, '').replaceAll(' ', '');
  return stocks
    .flatMap(({ symbol, names }): Naming[] => {
      if (names !== null && names.length > 0) {
        return names.map(({ name, from, to }, i) => ({
          symbol,
          name: plain(name),
          from,
          to: Math.min(to, (names[i + 1]?.from ?? Number.POSITIVE_INFINITY) - 1),
        }));
      }
      const name = plain(listings.get(symbol)?.name ?? '');
      return [{ symbol, name, from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }];
    })
    .filter(({ name }) => [...name].length >= SHORTEST_NAME);
}

const CODE = /(?<!\d)(\d{6})\.(SH|SZ|BJ)(?![A-Z])/gi;

function namedIn(text: string, names: readonly Naming[], known: ReadonlySet<string>): string[] {
  const plain = text.normalize('NFKC').replaceAll(' ', '');
  const found = new Set(names.filter(({ name }) => plain.includes(name)).map(({ symbol }) => symbol));
  for (const [, digits, exchange] of plain.matchAll(CODE)) {
    const symbol = `${exchange.toUpperCase()}${digits}`;
    if (known.has(symbol)) found.add(symbol);
  }
  return [...found].sort();
}

/** A piece without a title is all body: its text is the title then. */
function textsOf(rows: TushareRows, row: number): [title: string, body: string] {
  const title = rows.text(row, 'title');
  const content = rows.text(row, 'content');
  return title === '' ? [content, ''] : [title, content];
}

const STAMP = /^(\d{4}-\d{2}-\d{2}) ([01]\d|2[0-3]):([0-5]\d):([0-5]\d)$/;

function instantOf(rows: TushareRows, row: number, asked: Day): number {
  const text = rows.text(row, 'datetime');
  const parts = STAMP.exec(text);
  if (parts && parseDay(parts[1], `${rows.what}: row ${row + 1}, column "datetime"`) === asked) {
    return localInstant(asked, Number(parts[2]) * 60 + Number(parts[3]), ZONE) + Number(parts[4]) * 1000;
  }
  throw new CandlenetError(
    'TABLE_INVALID',
    `${rows.what}: row ${row + 1}, column "datetime": found "${text.slice(0, 60)}", expected a time of ${formatDay(asked)} as YYYY-MM-DD HH:MM:SS`,
  );
}
