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
  own: 'Own features',
} as const;

const PREAMBLE = `# Features

<!-- Written by scripts/make-docs.mjs from the column table in src/features; do not edit by hand. -->

Every column of the panel, by group. A configuration names groups or single columns.

The set \`paper\` is the groups \`price-volume\`, \`technical\`, \`macro\`, \`fundamental\` and \`news\`, 86 columns; \`full\` is every
group. Columns that a store cannot give are left out, and the report says which and why.

Those of bars are computed over the sequence of days on which the instrument really traded, on back-adjusted prices (raw × factor)
and on volume ÷ factor, so that a split changes nothing. On a day without trading (suspended, not yet listed) and on a
misrecorded bar every feature is missing: a carried price is no observation. A sample needs its whole window complete.

*Lookback* counts trading days, the day itself included. A *recursive* indicator depends on all earlier days with decaying
weight; its lookback is TA-Lib's warm-up. \`BBANDS_MIDDLE\` equals \`SMA_20\` with TA-Lib's default of 20 days.

Macro series, fundamentals and news are joined as of the close of each session, on the day they became known:

- A macro figure counts from the day after its release (a market rate of the day: from its own day) until the next one is
  released, never on a line between the two. Where a source has no release dates, the importer takes them from the dated
  [table of release lags](macro-release-lags.md). A figure that should long have had a successor is missing.
- A disclosure counts from the day after its announcement; of what is known, the latest period holds, and of one period the
  last announcement. A restatement counts from its own day. After 15 months without a newer one it is missing. Ratios are
  those of the day's close, at most 10 days old. All are ranked in the section of the day, the index as it was on that day:
  the share of its members below the value, equals counted half, 0 … 1.
- News after the close of a session belong to the next on which the instrument trades, so that those of a suspension meet its first day
  afterwards. The columns begin with the first news about the instrument. Scores are the source's own; where it has none, those of the
  lexicons, or of [a classifier of yours](news-classifier.md).

Where one of these is missing, the sample is not lost: the value takes the training mean.
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
