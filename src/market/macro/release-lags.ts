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

const activity = `${STATISTICS}: 9th to 20th of the next month, as late as the 24th (October 2022)`;
const money = `${CENTRAL_BANK}, financial statistics: 10th to 15th of the next month, some days later around the spring festival`;
const january = `${STATISTICS}: January is published with February, in the middle of March`;

/**
 * When Chinese macro series become known, where a source has only the period: the calendar days after the end of the period
 * by which the figure was out in every month we know of, so rather late than early. A series may have several rules; the one
 * whose span holds the period's end applies.
 */
export const MACRO_RELEASE_RULES: readonly MacroReleaseRule[] = [
  rule('gdp_growth', 25, `${STATISTICS}: 15th to 20th after the quarter, as late as the 24th (October 2022)`),
  rule('cpi', 20, `${STATISTICS}: 9th to 15th of the next month`),
  rule('ppi', 20, `${STATISTICS}: 9th to 15th of the next month`),
  rule('pmi', 5, `${STATISTICS}: last day of the month or the first days of the next`),
  rule('m0_growth', 20, money),
  rule('m1_growth', 20, money),
  rule('m2_growth', 20, money),
  rule(
    'social_financing',
    20,
    `${CENTRAL_BANK}: monthly since 2012; the months before were published in September 2012`,
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
    rule(series, 20, `${CUSTOMS}: 7th to 15th of the next month`, { to: parseDay('2019-12-31') }),
    rule(series, 20, `${CUSTOMS}: 7th to 15th of the next month`, {
      from: parseDay('2020-01-01'),
      januaryLagDays: 55,
      januarySource: `${CUSTOMS}: from 2020 on January is published with February, in March`,
    }),
  ]),
  rule('shibor_3m', 0, 'National Interbank Funding Center: 11:00 of the day (11:30 before August 2018)'),
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
