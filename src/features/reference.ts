import { FEATURE_COLUMNS } from './feature-set.js';

const GROUP_TITLES = {
  'price-volume': 'Price and volume',
  technical: 'Technical indicators',
  macro: 'Macro series',
  fundamental: 'Fundamentals',
  news: 'News',
  trend: 'Trend (optional)',
  sentiment: 'Sentiment',
  flag: 'Flags',
  expression: 'Expressions',
} as const;

const PREAMBLE = `# Features

<!-- Written by scripts/make-docs.mjs from the column table in src/features; do not edit by hand. -->

Every column of the panel, by group. A configuration names groups or single columns.

All are computed over the sequence of days on which the instrument really traded, on back-adjusted prices (raw × factor)
and on volume ÷ factor, so that a split changes nothing. On a day without trading (suspended, not yet listed) and on a
misrecorded bar every feature is missing: a carried price is no observation. A sample needs its whole window complete.

*Lookback* counts trading days, the day itself included. A *recursive* indicator depends on all earlier days with decaying
weight; its lookback is TA-Lib's warm-up. \`BBANDS_MIDDLE\` equals \`SMA_20\` with TA-Lib's default of 20 days.
`;

/** The page `docs/features.md`, from the column table. */
export function featureReference(): string {
  const groups = [...new Set(FEATURE_COLUMNS.map((column) => column.group))];
  const sections = groups.map((group) => {
    const rows = FEATURE_COLUMNS.filter((column) => column.group === group).map(
      ({ name, formula, source, lookback }) => `| \`${name}\` | ${formula} | ${source} | ${lookback} |`,
    );
    return [
      `## ${GROUP_TITLES[group]}: \`${group}\`, ${rows.length} columns`,
      '',
      '| column | formula | source | lookback |',
      '| --- | --- | --- | ---: |',
      ...rows,
      '',
    ].join('\n');
  });
  return [PREAMBLE, ...sections].join('\n');
}
