import type { RoundTrip } from '../../evaluation/index.js';
import { formatCount, formatDay, formatNumber, formatPercent } from '../../util/index.js';
import type { MoneyContext } from '../context.js';
import { type Html, html } from '../html.js';
import { figure, table, text } from '../table.js';
import type { PortfolioReport } from '../types.js';
import type { Words } from '../words/english.js';
import { numberWords } from '../words/numbers.js';
import { countedTable } from './counted-table.js';

export function trades(context: MoneyContext): Html | null {
  const { data, words } = context;
  const { portfolio } = data;
  if (portfolio === null) return null;
  const closed = portfolio.best.length + portfolio.worst.length;
  return html`<section><h2>${words.sections.trades}</h2>
<dl class="facts">
<dt>${words.facts.policy}</dt><dd>${portfolio.policy}</dd>
<dt>${words.facts.costs}</dt><dd>${portfolio.costs}</dd>
<dt>${words.facts.capital}</dt><dd>${formatCount(portfolio.initialCapital)}</dd>
</dl>
${portfolio.holdings.length > 0 && holdingsTable(context, portfolio)}
${closed === 0 ? html`<p>${words.text.noTrades}</p>` : null}
${portfolio.best.length > 0 && tripsTable(context, words.captions.best, portfolio.best)}
${portfolio.worst.length > 0 && tripsTable(context, words.captions.worst, portfolio.worst)}
${portfolio.rejections.length > 0 && countedTable(words.captions.rejections, portfolio.rejections, words)}
</section>
`;
}

function holdingsTable({ words, language }: MoneyContext, portfolio: PortfolioReport): Html {
  const { columns } = words;
  const score = portfolio.scoreIsNumber ? numberWords(language).score : columns.score;
  return table(
    words.captions.holdings(formatDay(portfolio.holdingsDate)),
    [text(columns.symbol), ...nameColumn(words, portfolio.holdings), figure(columns.weight), figure(score)],
    portfolio.holdings.map((row) => ({
      cells: [row.symbol, ...nameCell(portfolio.holdings, row), formatPercent(row.weight), formatNumber(row.score, 3)],
    })),
  );
}

interface Named {
  readonly name: string;
}

/** A source without names gets no empty column for them. */
const hasNames = (rows: readonly Named[]) => rows.some(({ name }) => name !== '');
const nameColumn = ({ columns }: Words, rows: readonly Named[]) => (hasNames(rows) ? [text(columns.name)] : []);
const nameCell = (rows: readonly Named[], { name }: Named) => (hasNames(rows) ? [name] : []);

function tripsTable({ words }: MoneyContext, caption: string, trips: readonly RoundTrip[]): Html {
  const { columns } = words;
  return table(
    caption,
    [
      text(columns.symbol),
      ...nameColumn(words, trips),
      text(columns.entry),
      text(columns.exit),
      figure(columns.return),
      figure(columns.profit),
    ],
    trips.map((trip) => ({
      cells: [
        trip.symbol,
        ...nameCell(trips, trip),
        formatDay(trip.entryDate),
        formatDay(trip.exitDate),
        formatPercent(trip.return, 1, true),
        formatCount(trip.profit),
      ],
    })),
  );
}
