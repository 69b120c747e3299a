import { CandlenetError, type Day, lowerBound, monthOf, parseDay } from '../../../util/index.js';
import { canonicalSymbol } from '../../boards.js';
import type { KnownIndex } from '../../known-indices.js';
import type { MembershipSpell } from '../../types.js';
import { neededApi } from './calendar.js';
import { callTushare, type TushareApi } from './call.js';
import { compact, requiredDay } from './rows.js';

/** Tushare keeps the weights of CSI 300 under its Shenzhen code too, in some years only there. */
const OTHER_CODES: Readonly<Record<string, readonly string[]>> = { csi300: ['399300.SZ'] };

/**
 * Who was in the index on which session (`index_weight`). The source tells the composition at ends and beginnings of months:
 * between two of them the earlier stands, so that a change is known late, never early.
 * @throws HTTP_REFUSED without permission, UNIVERSE_EMPTY where the source has no composition
 */
export async function readMembers(
  tushare: TushareApi,
  index: KnownIndex,
  sessions: Int32Array,
  progress: (month: number, months: number) => void,
): Promise<MembershipSpell[]> {
  const codes = [`${index.symbol.slice(2)}.${index.symbol.slice(0, 2)}`, ...(OTHER_CODES[index.index] ?? [])];
  const compositions = new Map<Day, Set<string>>();
  // The month before tells who is in on the first session.
  const first = monthOf(sessions[0]) - 1;
  const last = monthOf(sessions[sessions.length - 1]);
  for (let month = first; month <= last; month++) {
    for (const code of codes) {
      const params = {
        index_code: code,
        start_date: compact(firstDayOf(month)),
        end_date: compact(firstDayOf(month + 1) - 1),
      };
      const rows = await callTushare(tushare, 'index_weight', params, ['con_code', 'trade_date', 'weight']);
      if (rows === null) throw neededApi('index_weight');
      for (let row = 0; row < rows.items.length; row++) {
        const symbol = canonicalSymbol(rows.text(row, 'con_code'));
        if (symbol === null) {
          throw new CandlenetError(
            'TABLE_INVALID',
            `${rows.what}: row ${row + 1}, column "con_code": found "${rows.text(row, 'con_code')}", expected a code such as 600000.SH`,
          );
        }
        const day = requiredDay(rows, row, 'trade_date');
        const composition = compositions.get(day) ?? new Set();
        compositions.set(day, composition.add(symbol));
      }
      if (rows.items.length > 0) break;
    }
    progress(month - first + 1, last - first + 1);
  }
  return spells(index.index, compositions, sessions);
}

function firstDayOf(month: number): Day {
  const year = String(Math.floor(month / 12)).padStart(4, '0');
  return parseDay(`${year}-${String((month % 12) + 1).padStart(2, '0')}-01`);
}

function spells(
  index: string,
  compositions: ReadonlyMap<Day, ReadonlySet<string>>,
  sessions: Int32Array,
): MembershipSpell[] {
  const days = [...compositions.keys()].sort((a, b) => a - b);
  const lastSession = sessions[sessions.length - 1];
  const open = new Map<string, Day>();
  const found: MembershipSpell[] = [];
  const close = (symbol: string, from: Day, before: number) => {
    if (before > 0 && sessions[before - 1] >= from) found.push({ index, symbol, from, to: sessions[before - 1] });
  };
  for (const [i, day] of days.entries()) {
    const now = compositions.get(day) as ReadonlySet<string>;
    const session = lowerBound(sessions, day);
    // Two compositions before the first session: the later one counts.
    if (session >= sessions.length || (i + 1 < days.length && days[i + 1] <= sessions[0])) continue;
    for (const [symbol, from] of open) {
      if (now.has(symbol)) continue;
      close(symbol, from, session);
      open.delete(symbol);
    }
    for (const symbol of now) if (!open.has(symbol)) open.set(symbol, sessions[session]);
  }
  for (const [symbol, from] of open) found.push({ index, symbol, from, to: lastSession });
  if (found.length === 0) {
    throw new CandlenetError('UNIVERSE_EMPTY', `tushare index_weight: found no composition of ${index} in the period`);
  }
  return found.sort((a, b) => (a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : a.from - b.from));
}
