import type { FundamentalTable, MacroTable } from '../../market/index.js';
import { formatCount, formatDay, formatPercent } from '../../util/index.js';
import type { ProvenanceFinding } from './provenance.js';

/** More of a table than this known by the end of its own period: the dates are those of the period. */
const MOST_AT_PERIOD_END = 0.05;
/** Series with periods shorter than this, such as rates of a day, are known when the day is over. */
const LONG_PERIOD_DAYS = 20;
/** The purchasing managers' index is published on the last day of its month; rates and yields are quoted in the market. */
const KNOWN_AT_PERIOD_END = /pmi|usd_cny|shibor|cgb/i;

/** No company closes its books and discloses on the last day of the period. */
export function checkAnnouncements(table: FundamentalTable | null): ProvenanceFinding {
  const check = 'announcement-dates';
  if (table === null || table.length === 0)
    return { check, status: 'unknown', detail: 'the store has no fundamentals' };
  const { symbol, field, period_end: periodEnd, announced } = table.columns;
  let early = 0;
  let example = '';
  for (let row = 0; row < table.length; row++) {
    if (announced[row] > periodEnd[row]) continue;
    if (early++ === 0) example = `, such as ${symbol[row]} ${field[row]} of ${formatDay(periodEnd[row])}`;
  }
  const share = early / table.length;
  const detail = `${formatPercent(share, 1)} of ${formatCount(table.length)} values announced by the end of their period${example}`;
  return { check, status: share > MOST_AT_PERIOD_END ? 'fail' : 'pass', detail };
}

/** Statistics of a month are counted after it. */
export function checkReleases(table: MacroTable | null): ProvenanceFinding {
  const check = 'release-dates';
  if (table === null || table.length === 0)
    return { check, status: 'unknown', detail: 'the store has no macro series' };
  const { series, period_end: periodEnd, released } = table.columns;
  const rows = new Map<string, number[]>();
  for (let row = 0; row < table.length; row++) {
    const known = rows.get(series[row]);
    if (known) known.push(row);
    else rows.set(series[row], [row]);
  }
  const judged: string[] = [];
  for (const [name, of] of rows) {
    const ends = [...new Set(of.map((row) => periodEnd[row]))].sort((a, b) => a - b);
    const gaps = ends.slice(1).map((end, i) => end - ends[i]);
    const median = gaps.sort((a, b) => a - b)[gaps.length >> 1] ?? 0;
    if (median < LONG_PERIOD_DAYS || KNOWN_AT_PERIOD_END.test(name)) continue;
    judged.push(name);
    const early = of.filter((row) => released[row] <= periodEnd[row]);
    if (early.length / of.length <= MOST_AT_PERIOD_END) continue;
    const first = early[0];
    const found = `${formatPercent(early.length / of.length, 1)} of ${formatCount(of.length)} values released by the end of their period`;
    return { check, status: 'fail', detail: `${name}: ${found}, such as ${formatDay(periodEnd[first])}` };
  }
  if (judged.length === 0) return { check, status: 'unknown', detail: 'no series of months or quarters' };
  return { check, status: 'pass', detail: `${formatCount(judged.length)} series of months or quarters` };
}
