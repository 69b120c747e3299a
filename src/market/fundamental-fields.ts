/** Groups of the paper's fundamentals. */
export type FundamentalGroup = 'profitability' | 'growth' | 'value' | 'financial-condition';

export interface FundamentalField {
  readonly field: string;
  readonly group: FundamentalGroup;
  /** What it is, and its unit. */
  readonly meaning: string;
  /** `facts`: rows of the fundamentals table, known when announced. `valuations`: a ratio of the day. */
  readonly table: 'facts' | 'valuations';
}

const fact = (field: string, group: FundamentalGroup, meaning: string): FundamentalField => ({
  field,
  group,
  meaning,
  table: 'facts',
});
const ratio = (field: string, meaning: string): FundamentalField => ({
  field,
  group: 'value',
  meaning,
  table: 'valuations',
});

/** The 28 fundamentals of the paper's feature set (profitability, growth, value, financial condition); money in the market's currency, rates as fractions. */
export const FUNDAMENTAL_FIELDS: readonly FundamentalField[] = [
  fact('roe', 'profitability', 'return on average equity, year to date'),
  fact('roa', 'profitability', 'return on average assets, year to date'),
  fact('gross_margin', 'profitability', 'gross profit ÷ revenue'),
  fact('net_margin', 'profitability', 'net profit ÷ revenue'),
  fact('operating_margin', 'profitability', 'operating profit ÷ revenue'),
  fact('net_profit', 'profitability', 'net profit, year to date'),
  fact('revenue', 'profitability', 'revenue of the main business, year to date'),
  fact('eps_ttm', 'profitability', 'earnings per share of the last four quarters'),
  fact('ocf_per_share', 'profitability', 'operating cash flow per share, year to date'),
  fact('equity_growth', 'growth', 'equity against a year before'),
  fact('asset_growth', 'growth', 'assets against a year before'),
  fact('revenue_growth', 'growth', 'revenue against a year before'),
  fact('net_profit_growth', 'growth', 'net profit against a year before'),
  fact('eps_growth', 'growth', 'basic earnings per share against a year before'),
  fact('parent_profit_growth', 'growth', 'net profit of the parent’s shareholders against a year before'),
  ratio('pe_ttm', 'price ÷ earnings of the last four quarters'),
  ratio('pb', 'price ÷ book value of the last report'),
  ratio('ps_ttm', 'price ÷ sales of the last four quarters'),
  ratio('pcf_ttm', 'price ÷ cash flow of the last four quarters'),
  fact('dividend_per_share', 'value', 'cash dividends per share of the last four quarters'),
  fact('debt_to_assets', 'financial-condition', 'liabilities ÷ assets'),
  fact('current_ratio', 'financial-condition', 'current assets ÷ current liabilities'),
  fact('quick_ratio', 'financial-condition', 'current assets without inventories ÷ current liabilities'),
  fact('asset_turnover', 'financial-condition', 'revenue ÷ average assets, year to date'),
  fact('inventory_turnover', 'financial-condition', 'cost of sales ÷ average inventories, year to date'),
  fact('receivables_turnover', 'financial-condition', 'revenue ÷ average receivables, year to date'),
  fact('total_shares', 'financial-condition', 'shares issued'),
  fact('float_shares', 'financial-condition', 'shares that can be traded'),
];
