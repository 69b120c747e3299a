import { CandlenetError } from '../../../util/index.js';
import { EMPTY_LAYOUT, type SourceColumn, type SourceLayout } from './layout.js';

/** Tables that files can hold beside daily bars. */
export const TARGET_TABLES = [
  'bars',
  'instruments',
  'members',
  'actions',
  'fundamentals',
  'valuations',
  'macro',
  'news',
  'benchmark',
] as const;

export type TargetTable = (typeof TARGET_TABLES)[number];
export type FactTable = Exclude<TargetTable, 'bars'>;

/** Columns of each table in a file, `?` for those a file may lack. */
export const TABLE_COLUMNS: { readonly [T in FactTable]: readonly string[] } = {
  instruments: ['symbol', 'name', 'industry?', 'list_date?', 'delist_date?'],
  members: ['symbol', 'index?', 'from', 'to', 'weight?'],
  actions: ['symbol', 'ex_date', 'cash?', 'bonus?', 'transfer?', 'rights?', 'rights_price?'],
  fundamentals: ['symbol', 'period_end', 'announced', 'field?', 'value?'],
  valuations: ['symbol', 'date', 'turnover?', 'pe_ttm?', 'pb?', 'ps_ttm?', 'pcf_ttm?'],
  macro: ['period_end', 'series?', 'released?', 'value?'],
  news: ['symbol', 'published', 'title', 'zone?', 'body?', 'score?'],
  benchmark: ['date', 'index?', 'name?', 'kind?', 'open', 'high', 'low', 'close', 'volume?'],
};

/** Names of the columns of a table, without the mark of those that may lack. */
export const namesOf = (table: FactTable) => TABLE_COLUMNS[table].map((name) => name.replace('?', ''));

export interface TablePreset {
  readonly name: string;
  readonly layout: SourceLayout;
}

const LOT = 100;
const PER_CENT = 0.01;

/** Canonical column → the vendor's, with its scale where that is not 1. */
type Columns = Readonly<Record<string, string | readonly [from: string, scale: number]>>;

interface VendorTable {
  readonly columns: Columns;
  readonly fields?: Columns;
}

const scaledBy = (scale: number, columns: Readonly<Record<string, string>>): Columns =>
  Object.fromEntries(Object.entries(columns).map(([name, from]) => [name, [from, scale] as const]));

/** What vendors call the columns of their tables, as their documentation has them; rates become fractions, money whole units. */
const VENDORS: Readonly<Record<string, { readonly [T in FactTable]?: VendorTable }>> = {
  tushare: {
    // stock_basic
    instruments: {
      columns: {
        symbol: 'ts_code',
        name: 'name',
        industry: 'industry',
        list_date: 'list_date',
        delist_date: 'delist_date',
      },
    },
    // dividend: the rows already implemented carry an ex_date; stk_bo_rate is bonus, stk_co_rate transfer, per share
    actions: {
      columns: {
        symbol: 'ts_code',
        ex_date: 'ex_date',
        cash: 'cash_div_tax',
        bonus: 'stk_bo_rate',
        transfer: 'stk_co_rate',
      },
    },
    // fina_indicator: ratios in per cent
    fundamentals: {
      columns: { symbol: 'ts_code', period_end: 'end_date', announced: 'ann_date' },
      fields: {
        ...scaledBy(PER_CENT, {
          roe: 'roe',
          roa: 'roa',
          gross_margin: 'grossprofit_margin',
          net_margin: 'netprofit_margin',
          operating_margin: 'op_of_gr',
          equity_growth: 'eqt_yoy',
          asset_growth: 'assets_yoy',
          revenue_growth: 'or_yoy',
          net_profit_growth: 'netprofit_yoy',
          eps_growth: 'basic_eps_yoy',
          debt_to_assets: 'debt_to_assets',
        }),
        ocf_per_share: 'ocfps',
        current_ratio: 'current_ratio',
        quick_ratio: 'quick_ratio',
        asset_turnover: 'assets_turn',
        inventory_turnover: 'inv_turn',
        receivables_turnover: 'ar_turn',
      },
    },
    // daily_basic: turnover_rate in per cent
    valuations: {
      columns: {
        symbol: 'ts_code',
        date: 'trade_date',
        turnover: ['turnover_rate', PER_CENT],
        pe_ttm: 'pe_ttm',
        pb: 'pb',
        ps_ttm: 'ps_ttm',
      },
    },
    // index_daily: lots
    benchmark: {
      columns: {
        index: 'ts_code',
        date: 'trade_date',
        open: 'open',
        high: 'high',
        low: 'low',
        close: 'close',
        volume: ['vol', LOT],
      },
    },
  },
  baostock: {
    // query_profit_data, query_growth_data: rates are fractions
    fundamentals: {
      columns: { symbol: 'code', period_end: 'statDate', announced: 'pubDate' },
      fields: {
        roe: 'roeAvg',
        net_margin: 'npMargin',
        gross_margin: 'gpMargin',
        net_profit: 'netProfit',
        eps_ttm: 'epsTTM',
        revenue: 'MBRevenue',
        total_shares: 'totalShare',
        float_shares: 'liqaShare',
        equity_growth: 'YOYEquity',
        asset_growth: 'YOYAsset',
        net_profit_growth: 'YOYNI',
        eps_growth: 'YOYEPSBasic',
        parent_profit_growth: 'YOYPNI',
      },
    },
    // query_history_k_data_plus: turn in per cent
    valuations: {
      columns: {
        symbol: 'code',
        date: 'date',
        turnover: ['turn', PER_CENT],
        pe_ttm: 'peTTM',
        pb: 'pbMRQ',
        ps_ttm: 'psTTM',
        pcf_ttm: 'pcfNcfTTM',
      },
    },
    instruments: { columns: { symbol: 'code', name: 'code_name', list_date: 'ipoDate', delist_date: 'outDate' } },
  },
  akshare: {
    // stock_yjbb_em: 净资产收益率 and 销售毛利率 in per cent
    fundamentals: {
      columns: { symbol: '股票代码', period_end: '报告期', announced: '最新公告日期' },
      fields: {
        ...scaledBy(PER_CENT, {
          roe: '净资产收益率',
          gross_margin: '销售毛利率',
          revenue_growth: '营业总收入-同比增长',
          net_profit_growth: '净利润-同比增长',
        }),
        net_profit: '净利润-净利润',
        revenue: '营业总收入-营业总收入',
        ocf_per_share: '每股经营现金流量',
      },
    },
    // stock_news_em
    news: { columns: { symbol: '关键词', published: '发布时间', title: '新闻标题', body: '新闻内容' } },
    // stock_zh_index_daily
    benchmark: { columns: { date: 'date', open: 'open', high: 'high', low: 'low', close: 'close', volume: 'volume' } },
  },
  yahoo: {
    benchmark: {
      columns: { date: 'Date', open: 'Open', high: 'High', low: 'Low', close: 'Close', volume: 'Volume' },
    },
  },
};

/** Presets of any kind, in the order they are shown. */
const NAMES = ['plain', 'baostock', 'tushare', 'akshare', 'wind', 'tonghuashun', 'yahoo'];

/**
 * The layout of a table in a vendor's files; where the preset does not know the vendor's table, the store's own names.
 * @throws ARGUMENT_INVALID naming the presets there are
 */
export function tablePreset(name: string, table: FactTable): TablePreset {
  if (!NAMES.includes(name)) {
    throw new CandlenetError('ARGUMENT_INVALID', `preset: found "${name}", expected one of ${NAMES.join(', ')}`);
  }
  const vendor = VENDORS[name]?.[table];
  const own = Object.fromEntries(namesOf(table).map((column) => [column, column]));
  return {
    name,
    layout: {
      ...EMPTY_LAYOUT,
      columns: sourceColumns(vendor?.columns ?? own),
      fields: sourceColumns(vendor?.fields ?? {}),
    },
  };
}

function sourceColumns(columns: Columns): Record<string, SourceColumn> {
  return Object.fromEntries(
    Object.entries(columns).map(([name, to]) => [
      name,
      typeof to === 'string' ? { from: to, scale: 1 } : { from: to[0], scale: to[1] },
    ]),
  );
}
