import type { Rulebook, RuleRow } from './types.js';

const MONEY_OR_COUNT: ReadonlySet<string> = new Set([
  'tick',
  'free-sessions',
  'lot-size',
  'minimum-order',
  'settlement-sessions',
  'cash-settlement-sessions',
  'commission-minimum',
  'sale-levy-per-share',
  'sale-levy-per-share-cap',
  'transfer-fee-per-share',
  'bonus-share-income',
]);

function valueText(row: RuleRow): string {
  if (MONEY_OR_COUNT.has(row.rule)) return String(row.value);
  return `${Number((row.value * 100).toPrecision(6))} %`;
}

/** The rows of a rulebook as a Markdown table, in the order of the data. */
export function rulebookMarkdown(book: Rulebook): string {
  const lines = book.rules.map((row) => {
    const where = row.exchange === undefined ? row.board : `${row.board}, ${row.exchange}`;
    return `| ${row.rule} | ${where} | ${row.from} | ${row.to ?? '…'} | ${valueText(row)} | ${row.source}${row.begins ? '; none before' : ''} |`;
  });
  return ['| rule | board | from | to | value | source |', '| --- | --- | --- | --- | --- | --- |', ...lines].join(
    '\n',
  );
}
