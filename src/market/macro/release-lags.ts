import { type Day, monthOf, parseDay } from '../../util/index.js';
import type { MacroReleaseRule } from './types.js';

const rule = (
  series: string,
  lagDays: number,
  source: string,
  more: Partial<Omit<MacroReleaseRule, 'series' | 'lagDays' | 'source'>> = {},
): MacroReleaseRule => ({ series, from: null, to: null, lagDays, source, ...more });

const STATISTICS = 'National Bureau of Statistics';
const CENTRAL_BANK = 'People’s Bank of China';
const CUSTOMS = 'General Administration of Customs';

const EARLIER = 'since July 2011 two to three days earlier (Xinhua, 2011-07-08)';
const prices = (from: string) => `${STATISTICS}: ${from}`;
const pricesBefore = prices(
  'about the 11th of the next month, with the quarter’s accounts after a quarter: 21 January 2010',
);
const pricesSince = prices(`9th to 16th of the next month, ${EARLIER}`);
const activity = `${STATISTICS}: 9th to 21st of the next month, with the quarter’s accounts after a quarter: 24 October 2022`;
const money = `${CENTRAL_BANK}, financial statistics: 10th to 15th of the next month, later after holidays: 18 October 2016`;
const trade = `${CUSTOMS}: 8th to 14th of the next month (announcement 2016/87 for 2017)`;
const january = `${STATISTICS}: January is published with February, in the middle of March`;

const PRICES_SINCE = parseDay('2011-07-31');
const pricesOf = (series: string) => [
  rule(series, 25, pricesBefore, { to: PRICES_SINCE - 1 }),
  rule(series, 20, pricesSince, { from: PRICES_SINCE }),
];

/**
 * When Chinese macro series become known, where a source has only the period: the calendar days after the end of the period
 * by which the figure was out in every month we know of, so rather late than early. A series may have several rules; the one
 * whose span holds the period's end applies. The days named are the latest found, each within its lag.
 */
export const MACRO_RELEASE_RULES: readonly MacroReleaseRule[] = [
  rule('gdp_growth', 25, `${STATISTICS}: 13th to 21st after the quarter; third quarter of 2022 on 24 October`),
  ...pricesOf('cpi'),
  ...pricesOf('ppi'),
  rule('pmi', 5, `${STATISTICS}: the 1st of the next month, since 2017 as a rule the last day of the month`),
  rule('m0_growth', 20, money),
  rule('m1_growth', 20, money),
  rule('m2_growth', 20, money),
  rule(
    'social_financing',
    20,
    `${CENTRAL_BANK}: monthly since 2012 (quarterly from 14 April 2011); the months before were published in September 2012`,
    {
      to: parseDay('2011-12-31'),
      notBefore: parseDay('2012-10-01'),
    },
  ),
  rule('social_financing', 20, money, { from: parseDay('2012-01-01') }),
  rule('new_loans', 20, money),
  rule('retail_sales_growth', 25, activity, { januaryLagDays: 55, januarySource: january }),
  rule('investment_growth', 25, activity, { januaryLagDays: 55, januarySource: january }),
  ...['exports_growth', 'imports_growth'].flatMap((series) => [
    rule(series, 20, trade, { to: parseDay('2019-12-31') }),
    rule(series, 25, `${trade}; September 2022 on 24 October`, {
      from: parseDay('2020-01-01'),
      januaryLagDays: 55,
      januarySource: `${CUSTOMS}: since 2020 January is published with February, in March (statement of 7 February 2020)`,
    }),
  ]),
  rule(
    'shibor_3m',
    0,
    'National Interbank Funding Center: between 9:30 and 11:30 of the day, by year; before the close',
  ),
  rule('usd_cny', 10, `${CENTRAL_BANK}, exchange rate table: the first days of the next month`),
  rule('cgb_1y', 1, 'ChinaBond yield curve: evening of the day'),
];

/**
 * The day on which a figure of a period was out at the latest; null for a series without a rule.
 * @param periodEnd last day of the month or quarter, or the day itself of a daily series
 */
export function macroReleaseDay(series: string, periodEnd: Day): Day | null {
  const found = MACRO_RELEASE_RULES.find(
    (one) =>
      one.series === series && (one.from === null || periodEnd >= one.from) && (one.to === null || periodEnd <= one.to),
  );
  if (!found) return null;
  const isJanuary = monthOf(periodEnd) % 12 === 0;
  const lag = isJanuary ? (found.januaryLagDays ?? found.lagDays) : found.lagDays;
  return Math.max(periodEnd + lag, found.notBefore ?? Number.NEGATIVE_INFINITY);
}
