/** One of the economy's series that the paper's feature set uses. */
export interface MacroSeries {
  readonly series: string;
  readonly meaning: string;
  readonly frequency: 'quarterly' | 'monthly' | 'daily';
}

/** The 15 macro series of the paper's feature set, by the names a store keeps them under. */
export const MACRO_SERIES: readonly MacroSeries[] = [
  { series: 'gdp_growth', meaning: 'gross domestic product against a year before, per cent', frequency: 'quarterly' },
  { series: 'cpi', meaning: 'consumer prices, change in per cent', frequency: 'monthly' },
  { series: 'ppi', meaning: 'producer prices, change in per cent', frequency: 'monthly' },
  { series: 'pmi', meaning: 'purchasing managers’ index of manufacturing', frequency: 'monthly' },
  { series: 'm0_growth', meaning: 'cash in circulation against a year before, per cent', frequency: 'monthly' },
  { series: 'm1_growth', meaning: 'M1 against a year before, per cent', frequency: 'monthly' },
  { series: 'm2_growth', meaning: 'M2 against a year before, per cent', frequency: 'monthly' },
  { series: 'social_financing', meaning: 'aggregate financing to the economy in the month', frequency: 'monthly' },
  { series: 'new_loans', meaning: 'new bank loans in the month', frequency: 'monthly' },
  { series: 'retail_sales_growth', meaning: 'retail sales against a year before, per cent', frequency: 'monthly' },
  {
    series: 'investment_growth',
    meaning: 'fixed-asset investment, year to date, against a year before',
    frequency: 'monthly',
  },
  { series: 'exports_growth', meaning: 'exports against a year before, per cent', frequency: 'monthly' },
  { series: 'imports_growth', meaning: 'imports against a year before, per cent', frequency: 'monthly' },
  { series: 'shibor_3m', meaning: 'three-month Shibor, per cent', frequency: 'daily' },
  { series: 'usd_cny', meaning: 'yuan to the US dollar', frequency: 'monthly' },
];

/** One-year government yield in per cent: the risk-free rate of the market where a store has it. */
export const RISK_FREE_SERIES = 'cgb_1y';
