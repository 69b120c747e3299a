import type { Rulebook, RuleName, RuleRow } from './types.js';

/** A rule of every venue: listed shares of NYSE, Nasdaq and the other exchanges trade alike. */
const everywhere = (rule: RuleName, from: string, to: string | null, value: number, source: string): RuleRow => ({
  rule,
  board: 'all',
  from,
  to,
  value,
  source,
});

const RULE_15C6_1 = 'SEC Rule 15c6-1 (17 CFR 240.15c6-1)';
const DAY_TRADES = 'no rule holds bought shares back: a share bought can be sold in the same session';

const ORDERS: readonly RuleRow[] = [
  everywhere(
    'tick',
    '2001-04-09',
    null,
    0.01,
    'SEC order on decimal pricing, complete on 2001-04-09; Regulation NMS Rule 612',
  ),
  everywhere('lot-size', '2001-04-09', null, 1, 'NYSE and Nasdaq: odd lots trade as orders of single shares'),
  everywhere('minimum-order', '2001-04-09', null, 1, 'NYSE and Nasdaq: odd lots trade as orders of single shares'),
  everywhere('settlement-sessions', '2001-04-09', null, 0, DAY_TRADES),
  everywhere('cash-settlement-sessions', '1995-06-07', '2017-09-04', 3, `${RULE_15C6_1}: T+3`),
  everywhere(
    'cash-settlement-sessions',
    '2017-09-05',
    '2024-05-27',
    2,
    `${RULE_15C6_1} as amended in 2017 (Release 34-80295): T+2`,
  ),
  everywhere(
    'cash-settlement-sessions',
    '2024-05-28',
    null,
    1,
    `${RULE_15C6_1} as amended in 2023 (Release 34-96930): T+1`,
  ),
  everywhere(
    'commission-minimum',
    '1975-05-01',
    null,
    0,
    'SEC Rule 19b-3 (17 CFR 240.19b-3) of 1975: no exchange fixes commissions; they are for negotiation, without a least one',
  ),
];

/** Dollars per million of a sale, by the days on which each rate came into force. */
const SECTION_31: readonly (readonly [from: string, to: string | null, perMillion: number, source: string])[] = [
  ['2014-03-18', '2015-02-13', 22.1, 'FINRA Information Notice of 2014-03-03'],
  ['2015-02-14', '2016-02-15', 18.4, 'SEC fee rate advisory for fiscal year 2015'],
  [
    '2016-02-16',
    '2017-07-03',
    21.8,
    'SEC fee rate advisory for fiscal year 2016; kept by FINRA Information Notice of 2016-03-15',
  ],
  ['2017-07-04', '2018-05-21', 23.1, 'SEC fee rate advisory for fiscal year 2017'],
  ['2018-05-22', '2019-04-15', 13, 'FINRA Information Notice of 2018-05-07'],
  ['2019-04-16', '2020-02-17', 20.7, 'SEC fee rate advisory for fiscal year 2019'],
  ['2020-02-18', '2021-02-24', 22.1, 'SEC fee rate advisory of 2020-01-09'],
  ['2021-02-25', '2022-05-13', 5.1, 'SEC fee rate advisory of 2021-01-15'],
  ['2022-05-14', '2023-02-26', 22.9, 'SEC fee rate advisory for fiscal year 2022'],
  ['2023-02-27', '2024-05-21', 8, 'SEC fee rate advisory for fiscal year 2023'],
  ['2024-05-22', '2025-05-13', 27.8, 'SEC fee rate advisory for fiscal year 2024'],
  ['2025-05-14', null, 0, 'SEC announcement of 2025-04-08: the appropriation of fiscal year 2025 is collected'],
];

/** Trading Activity Fee of FINRA: dollars per share sold, and the most one trade pays. */
const ACTIVITY_FEE: readonly (readonly [from: string, to: string | null, perShare: number, most: number])[] = [
  ['2012-07-01', '2021-12-31', 0.000119, 5.95],
  ['2022-01-01', '2022-12-31', 0.00013, 6.49],
  ['2023-01-01', '2023-12-31', 0.000145, 7.27],
  ['2024-01-01', null, 0.000166, 8.3],
];

const BY_LAWS = 'FINRA By-Laws, Schedule A, section 1: Trading Activity Fee, covered equity securities';

const LEVIES: readonly RuleRow[] = [
  ...SECTION_31.map(([from, to, perMillion, source]) =>
    everywhere(
      'sale-levy',
      from,
      to,
      Number((perMillion / 1e6).toPrecision(6)),
      `Securities Exchange Act, section 31; ${source}`,
    ),
  ),
  ...ACTIVITY_FEE.flatMap(([from, to, perShare, most]) => [
    everywhere('sale-levy-per-share', from, to, perShare, BY_LAWS),
    everywhere('sale-levy-per-share-cap', from, to, most, BY_LAWS),
  ]),
];

/** Listed shares of the United States. No price limits, no duty on transfers: what has no row is no rule. */
export const US_EQUITY: Rulebook = {
  name: 'us-equity',
  title: 'United States, listed shares',
  currency: 'USD',
  knownTo: '2025-06-30',
  close: { zone: 'America/New_York', minutes: 16 * 60 },
  rules: [...ORDERS, ...LEVIES],
};
