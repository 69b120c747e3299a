import type { Rulebook, RuleRow } from './types.js';

const SSE_SZSE_2023 =
  'SSE Trading Rules (2023 revision, 上证发〔2023〕32号) and SZSE Trading Rules (2023 revision, 深证上〔2023〕97号)';
const STAR_2019 = 'SSE, Special Trading Provisions for the STAR Market (上证发〔2019〕23号)';
const CHINEXT_2020 = 'SZSE, Special Trading Provisions for ChiNext (深证上〔2020〕515号)';
const BSE_2021 = 'BSE Trading Rules (Trial), in force from the opening of the exchange';
const FIRST_DAY_2013 = 'SSE and SZSE notices of 2013-12-13 on the supervision of trading in newly listed shares';
const SSE_SZSE_RULES = 'SSE Trading Rules and SZSE Trading Rules';

const PRICE_LIMITS: readonly RuleRow[] = [
  {
    rule: 'price-limit',
    board: 'main',
    from: '1996-12-16',
    to: null,
    value: 0.1,
    source: 'SSE and SZSE notices of December 1996 on price limits; kept by the Trading Rules since',
  },
  {
    rule: 'price-limit',
    board: 'chinext',
    from: '2009-10-30',
    to: '2020-08-23',
    value: 0.1,
    source: 'SZSE Trading Rules, from the opening of ChiNext',
  },
  { rule: 'price-limit', board: 'chinext', from: '2020-08-24', to: null, value: 0.2, source: CHINEXT_2020 },
  { rule: 'price-limit', board: 'star', from: '2019-07-22', to: null, value: 0.2, source: STAR_2019 },
  { rule: 'price-limit', board: 'bse', from: '2021-11-15', to: null, value: 0.3, source: BSE_2021 },
  {
    rule: 'st-price-limit',
    board: 'main',
    from: '1998-04-22',
    to: null,
    value: 0.05,
    source: 'SSE and SZSE Listing Rules of 1998: special treatment; kept by the Trading Rules since',
    begins: true,
  },
  {
    rule: 'st-price-limit',
    board: 'chinext',
    from: '2009-10-30',
    to: '2020-08-23',
    value: 0.05,
    source:
      'SZSE Trading Rules: 5 % under special treatment on any board; from 2020-08-24 ChiNext has one limit for all',
  },
];

/** The limits of a first session, from the issue price: +44 % and −36 %. */
function firstDay(board: 'main' | 'chinext', to: string): RuleRow[] {
  const span = { board, from: '2014-01-01', to, source: FIRST_DAY_2013, begins: true } as const;
  return [
    { rule: 'first-day-rise', ...span, value: 0.44 },
    { rule: 'first-day-fall', ...span, value: 0.36 },
  ];
}

const NEW_LISTINGS: readonly RuleRow[] = [
  {
    rule: 'free-sessions',
    board: 'main',
    from: '1996-12-16',
    to: '2013-12-31',
    value: 1,
    source: `${SSE_SZSE_RULES}: no limit on the first day of a listing`,
    begins: true,
  },
  {
    rule: 'free-sessions',
    board: 'chinext',
    from: '2009-10-30',
    to: '2013-12-31',
    value: 1,
    source: 'SZSE Trading Rules: no limit on the first day of a listing',
  },
  ...firstDay('main', '2023-04-09'),
  ...firstDay('chinext', '2020-08-23'),
  { rule: 'free-sessions', board: 'star', from: '2019-07-22', to: null, value: 5, source: STAR_2019 },
  { rule: 'free-sessions', board: 'chinext', from: '2020-08-24', to: null, value: 5, source: CHINEXT_2020 },
  { rule: 'free-sessions', board: 'bse', from: '2021-11-15', to: null, value: 1, source: BSE_2021 },
  {
    rule: 'free-sessions',
    board: 'main',
    from: '2023-04-10',
    to: null,
    value: 5,
    source: `${SSE_SZSE_2023}, in force from the first registration-based listing`,
  },
];

const ORDERS: readonly RuleRow[] = [
  { rule: 'tick', board: 'all', from: '1990-12-19', to: null, value: 0.01, source: `${SSE_SZSE_RULES}, A shares` },
  {
    rule: 'settlement-sessions',
    board: 'all',
    from: '1995-01-01',
    to: null,
    value: 1,
    source: 'SSE and SZSE: T+1 for A shares from 1995-01-01; kept by the Trading Rules since',
  },
  {
    rule: 'cash-settlement-sessions',
    board: 'all',
    from: '1990-12-19',
    to: null,
    value: 0,
    source: 'SSE and SZSE practice: the proceeds of a sale can buy in the same session, and be withdrawn on the next',
  },
  { rule: 'lot-size', board: 'main', from: '1990-12-19', to: null, value: 100, source: SSE_SZSE_RULES },
  { rule: 'minimum-order', board: 'main', from: '1990-12-19', to: null, value: 100, source: SSE_SZSE_RULES },
  { rule: 'lot-size', board: 'chinext', from: '2009-10-30', to: null, value: 100, source: SSE_SZSE_RULES },
  { rule: 'minimum-order', board: 'chinext', from: '2009-10-30', to: null, value: 100, source: SSE_SZSE_RULES },
  { rule: 'lot-size', board: 'star', from: '2019-07-22', to: null, value: 1, source: STAR_2019 },
  { rule: 'minimum-order', board: 'star', from: '2019-07-22', to: null, value: 200, source: STAR_2019 },
  { rule: 'lot-size', board: 'bse', from: '2021-11-15', to: null, value: 1, source: BSE_2021 },
  { rule: 'minimum-order', board: 'bse', from: '2021-11-15', to: null, value: 100, source: BSE_2021 },
];

/** Both sides of the stamp duty over one span. */
function stampDuty(from: string, to: string | null, buy: number, sell: number, source: string): RuleRow[] {
  return [
    { rule: 'stamp-duty-buy', board: 'all', from, to, value: buy, source },
    { rule: 'stamp-duty-sell', board: 'all', from, to, value: sell, source },
  ];
}

const CSRC_2002 = '证监发〔2002〕21号, CSRC, State Planning Commission and STA, in force from 2002-05-01';
const HANDLING_2015 = 'SSE and SZSE notices of July 2015: handling fee of 0.0487 ‰';
const HANDLING_2023 = 'SSE and SZSE notices of 2023-08-18: handling fee of 0.0341 ‰';
const BSE_HANDLING = 'BSE fee schedule: handling fee of';
const REGULATORY = 'and the regulatory fee of 0.02 ‰';

const COMMISSION: readonly RuleRow[] = [
  {
    rule: 'commission-fixed',
    board: 'all',
    from: '1999-07-01',
    to: '2002-04-30',
    value: 0.0035,
    source: 'Securities Law of 1998, in force from 1999-07-01: fees are set uniformly; 3.5 ‰ until 证监发〔2002〕21号',
  },
  {
    rule: 'commission-maximum',
    board: 'all',
    from: '2002-05-01',
    to: null,
    value: 0.003,
    source: `${CSRC_2002}: at most 3 ‰ a side, all fees collected with it included`,
    begins: true,
  },
  {
    rule: 'commission-minimum',
    board: 'all',
    from: '2002-05-01',
    to: null,
    value: 5,
    source: `${CSRC_2002}: less than CNY 5 is charged as CNY 5`,
  },
  {
    rule: 'commission-floor',
    board: 'all',
    from: '2015-08-01',
    to: '2023-08-27',
    value: 0.0000687,
    source: `${CSRC_2002}: not less than the fees collected with it; ${HANDLING_2015} ${REGULATORY}`,
  },
  {
    rule: 'commission-floor',
    board: 'all',
    from: '2023-08-28',
    to: null,
    value: 0.0000541,
    source: `${CSRC_2002}; ${HANDLING_2023} ${REGULATORY}`,
  },
  {
    rule: 'commission-floor',
    board: 'bse',
    from: '2021-11-15',
    to: '2022-11-30',
    value: 0.00052,
    source: `${BSE_HANDLING} 0.5 ‰ ${REGULATORY}`,
  },
  {
    rule: 'commission-floor',
    board: 'bse',
    from: '2022-12-01',
    to: '2023-08-27',
    value: 0.00027,
    source: `${BSE_HANDLING} 0.25 ‰, halved from 2022-12-01, ${REGULATORY}`,
  },
  {
    rule: 'commission-floor',
    board: 'bse',
    from: '2023-08-28',
    to: null,
    value: 0.000145,
    source: `${BSE_HANDLING} 0.125 ‰, halved again from 2023-08-28, ${REGULATORY}`,
  },
];

const STAMP_DUTY: readonly RuleRow[] = [
  ...stampDuty(
    '1992-06-12',
    '1997-05-09',
    0.003,
    0.003,
    'State Taxation Administration and State Commission for Restructuring, provisional rules of 1992-06-12 on the taxes of joint-stock companies',
  ),
  ...stampDuty('1997-05-10', '1998-06-11', 0.005, 0.005, 'State Council, decision of May 1997'),
  ...stampDuty('1998-06-12', '2001-11-15', 0.004, 0.004, 'State Council, decision of June 1998'),
  ...stampDuty('2001-11-16', '2005-01-23', 0.002, 0.002, 'Ministry of Finance and State Taxation Administration, 2001'),
  ...stampDuty('2005-01-24', '2007-05-29', 0.001, 0.001, '财税〔2005〕11号, Ministry of Finance and STA'),
  ...stampDuty('2007-05-30', '2008-04-23', 0.003, 0.003, '财税〔2007〕84号, Ministry of Finance and STA'),
  ...stampDuty('2008-04-24', '2008-09-18', 0.001, 0.001, 'Ministry of Finance and STA, decision of 2008-04-23'),
  ...stampDuty('2008-09-19', '2023-08-27', 0, 0.001, '财税明电〔2008〕2号, Ministry of Finance and STA: sales only'),
  ...stampDuty('2023-08-28', null, 0, 0.0005, 'Ministry of Finance and STA, Announcement No. 39 of 2023: halved'),
];

const CSDC_2012 = 'ChinaClear with SSE, SZSE, 2012: Shanghai fee on the face value of CNY 1 a share';
const CSDC_2015 = 'ChinaClear notice of July 2015: one rate on the amount for Shanghai and Shenzhen';
const CSDC_2022 = 'ChinaClear notice of 2022-04-28: halved, one rate for Shanghai, Shenzhen and Beijing';

const TRANSFER_FEE: readonly RuleRow[] = [
  {
    rule: 'transfer-fee-per-share',
    board: 'all',
    exchange: 'SH',
    from: '2001-03-30',
    to: '2012-05-31',
    value: 0.001,
    source: 'ChinaClear Shanghai fee schedule: 0.1 % of the face value of CNY 1 a share',
  },
  {
    rule: 'transfer-fee-per-share',
    board: 'all',
    exchange: 'SH',
    from: '2012-06-01',
    to: '2012-08-31',
    value: 0.00075,
    source: CSDC_2012,
  },
  {
    rule: 'transfer-fee-per-share',
    board: 'all',
    exchange: 'SH',
    from: '2012-09-01',
    to: '2015-07-31',
    value: 0.0006,
    source: CSDC_2012,
  },
  {
    rule: 'transfer-fee',
    board: 'all',
    exchange: 'SZ',
    from: '2001-03-30',
    to: '2015-07-31',
    value: 0,
    source: 'Shenzhen: contained in the exchange fee, not charged apart',
  },
  {
    rule: 'transfer-fee',
    board: 'all',
    exchange: 'SH',
    from: '2015-08-01',
    to: '2022-04-28',
    value: 0.00002,
    source: CSDC_2015,
    begins: true,
  },
  {
    rule: 'transfer-fee',
    board: 'all',
    exchange: 'SZ',
    from: '2015-08-01',
    to: '2022-04-28',
    value: 0.00002,
    source: CSDC_2015,
  },
  {
    rule: 'transfer-fee',
    board: 'bse',
    from: '2021-11-15',
    to: '2022-04-28',
    value: 0.000025,
    source: 'ChinaClear fee schedule for Beijing, named in the notice of 2022-04-28',
  },
  { rule: 'transfer-fee', board: 'all', from: '2022-04-29', to: null, value: 0.00001, source: CSDC_2022 },
];

const TAX_1993 = 'Individual Income Tax Law (1993 revision): 20 % of dividends';
const TAX_2005 =
  '财税〔2005〕102号 and 107号, Ministry of Finance and STA: half of a dividend is taxed, for persons and funds';
const TAX_2012 =
  '财税〔2012〕85号, Ministry of Finance, STA and CSRC: 20, 10 and 5 % by the time of holding, from 2013-01-01';
const TAX_2015 = '财税〔2015〕101号, Ministry of Finance, STA and CSRC: none above one year, from 2015-09-08';
const BONUS_1994 =
  '国税发〔1994〕089号, STA: a bonus share is income of its face value, CNY 1; a transfer from the capital reserve is none';

const SINCE_2013 = { board: 'all', from: '2013-01-01', source: TAX_2012, begins: true } as const;

/** Of persons and securities investment funds. The first days are those of the record day. */
const DIVIDEND_TAX: readonly RuleRow[] = [
  { rule: 'dividend-tax', board: 'all', from: '1994-01-01', to: '2005-06-12', value: 0.2, source: TAX_1993 },
  { rule: 'dividend-tax', board: 'all', from: '2005-06-13', to: '2012-12-31', value: 0.1, source: TAX_2005 },
  { rule: 'dividend-tax-month', ...SINCE_2013, to: null, value: 0.2 },
  { rule: 'dividend-tax-year', ...SINCE_2013, to: null, value: 0.1 },
  { rule: 'dividend-tax-later', ...SINCE_2013, to: '2015-09-07', value: 0.05 },
  { rule: 'dividend-tax-later', board: 'all', from: '2015-09-08', to: null, value: 0, source: TAX_2015 },
  { rule: 'bonus-share-income', board: 'all', from: '1994-01-01', to: null, value: 1, source: BONUS_1994 },
];

export const CN_A_SHARE: Rulebook = {
  name: 'cn-a-share',
  title: 'Mainland China, A shares',
  currency: 'CNY',
  knownTo: '2025-06-30',
  close: { zone: 'Asia/Shanghai', minutes: 15 * 60 },
  rules: [...PRICE_LIMITS, ...NEW_LISTINGS, ...ORDERS, ...COMMISSION, ...STAMP_DUTY, ...TRANSFER_FEE, ...DIVIDEND_TAX],
};
