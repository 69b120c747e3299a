import { CandlenetError } from '../../../util/index.js';
import { readColumnMap, withColumnMap } from './column-map.js';
import { EMPTY_LAYOUT, type SourceColumn } from './layout.js';
import { BAR_COLUMNS, type BarPreset, type VendorBars } from './types.js';

/** Lots of the Chinese exchanges. */
const LOT = 100;

const PLAIN: VendorBars = {
  name: 'plain',
  columns: {
    symbol: 'symbol',
    date: 'date',
    open: 'open',
    high: 'high',
    low: 'low',
    close: 'close',
    volume: 'volume',
    amount: 'amount',
    reference: 'reference',
    factor: 'adj_factor',
    st: 'st',
  },
  volumeUnit: 1,
  amountUnit: 1,
  factor: ['stated', 'from-reference', 'none'],
  rulebook: 'cn-a-share',
};

/** Columns and units as the vendors document them, or as their terminals export. */
const BAR_PRESETS: readonly VendorBars[] = [
  PLAIN,
  {
    // query_history_k_data_plus: volume in shares, amount in yuan, adjustflag 1 back-, 2 forward-adjusted, 3 raw.
    name: 'baostock',
    columns: {
      ...PLAIN.columns,
      symbol: 'code',
      reference: 'preclose',
      factor: undefined,
      adjustment: 'adjustflag',
      trading: 'tradestatus',
      st: 'isST',
    },
    volumeUnit: 1,
    amountUnit: 1,
    factor: ['from-reference', 'none'],
    rulebook: 'cn-a-share',
  },
  {
    // `daily`: raw prices, vol in lots, amount in thousand yuan, pre_close the reference after rights.
    name: 'tushare',
    columns: {
      ...PLAIN.columns,
      symbol: 'ts_code',
      date: 'trade_date',
      volume: 'vol',
      reference: 'pre_close',
      st: undefined,
    },
    volumeUnit: LOT,
    amountUnit: 1000,
    factor: ['stated', 'from-reference', 'none'],
    rulebook: 'cn-a-share',
  },
  {
    // stock_zh_a_hist without adjustment: 成交量 in lots, 成交额 in yuan, 涨跌额 against the reference after rights.
    name: 'akshare',
    columns: {
      symbol: '股票代码',
      date: '日期',
      open: '开盘',
      high: '最高',
      low: '最低',
      close: '收盘',
      volume: '成交量',
      amount: '成交额',
      change: '涨跌额',
    },
    volumeUnit: LOT,
    amountUnit: 1,
    factor: ['from-change', 'none'],
    rulebook: 'cn-a-share',
  },
  {
    // Daily bars as the Wind terminal exports them, not adjusted.
    name: 'wind',
    columns: {
      symbol: '代码',
      date: '日期',
      open: '开盘价(元)',
      high: '最高价(元)',
      low: '最低价(元)',
      close: '收盘价(元)',
      volume: '成交量(股)',
      amount: '成交金额(元)',
      reference: '前收盘价(元)',
    },
    volumeUnit: 1,
    amountUnit: 1,
    factor: ['from-reference', 'none'],
    rulebook: 'cn-a-share',
  },
  {
    // Daily bars as the Tonghuashun client exports them, not adjusted: no reference price beside them.
    name: 'tonghuashun',
    columns: {
      symbol: '代码',
      date: '时间',
      open: '开盘',
      high: '最高',
      low: '最低',
      close: '收盘',
      volume: '总手',
      amount: '金额',
    },
    volumeUnit: LOT,
    amountUnit: 1,
    factor: ['none'],
    rulebook: 'cn-a-share',
  },
  {
    // Historical quotes: prices adjusted for splits, Adj Close for dividends too.
    name: 'yahoo',
    columns: {
      symbol: 'Symbol',
      date: 'Date',
      open: 'Open',
      high: 'High',
      low: 'Low',
      close: 'Close',
      volume: 'Volume',
      adjusted_close: 'Adj Close',
    },
    volumeUnit: 1,
    amountUnit: 1,
    factor: ['from-adjusted-close', 'none'],
    rulebook: 'us-equity',
  },
];

/**
 * The preset of a name, with a map of one's own laid over it.
 * @throws ARGUMENT_INVALID naming the presets there are; what `readColumnMap` throws
 */
export function barPreset(name: string, map?: string): BarPreset {
  const found = BAR_PRESETS.find((preset) => preset.name === name);
  if (!found) {
    const names = BAR_PRESETS.map((preset) => preset.name).join(', ');
    throw new CandlenetError('ARGUMENT_INVALID', `preset: found "${name}", expected one of ${names}`);
  }
  const units: Partial<Record<string, number>> = { volume: found.volumeUnit, amount: found.amountUnit };
  const columns: Record<string, SourceColumn> = {};
  for (const [column, from] of Object.entries(found.columns)) {
    if (from !== undefined) columns[column] = { from, scale: units[column] ?? 1 };
  }
  const layout = { ...EMPTY_LAYOUT, columns };
  return {
    name,
    factor: found.factor,
    rulebook: found.rulebook,
    layout: map === undefined ? layout : withColumnMap(layout, readColumnMap(map, BAR_COLUMNS)),
  };
}
