import { formatDay, formatNumber, formatPercent } from '../util/index.js';
import type { MoneyContext } from './context.js';
import { moneyContext } from './context.js';
import { type Html, html } from './html.js';
import { renderPage } from './page.js';
import { limits } from './sections/limits.js';
import { money } from './sections/money.js';
import { trades } from './sections/trades.js';
import type { BacktestReportData, Language } from './types.js';
import { EVIDENCE } from './verdict.js';

/**
 * The report of a back-test of someone's own weights: the money side of a run's report, as one HTML file that fetches
 * nothing. @throws INTERNAL when the strategy or the benchmark is missing from the data
 */
export function renderBacktestReport(data: BacktestReportData, { language }: { readonly language: Language }): string {
  const context = moneyContext(data, language);
  const { words } = context;
  const main = html`${money(context)}${limits(context)}${trades(context)}<section><h2>${words.sections.method}</h2>
<ul>${data.notes.map((note) => html`<li>${note}</li>`)}</ul>
</section>
<section><h2>${words.sections.provenance}</h2>
<p>${words.text.hashes}</p>
<dl class="facts">
<dt>${words.facts.version}</dt><dd>${data.version}</dd>
${data.hashes.map(
  ({ name, sha256 }) => html`<dt>SHA-256 ${name}</dt><dd><code>${sha256}</code></dd>
`,
)}</dl>
</section>
`;
  return renderPage({ words, title: data.title, version: data.version, head: head(context, data), main });
}

function head({ words, strategy, benchmark, universe }: MoneyContext, data: BacktestReportData): Html {
  const { dates } = strategy;
  const lead = strategy.measures.versusUniverse;
  const annual = (row: typeof strategy) => formatPercent(row.measures.performance.annualisedReturn);
  return html`<header class="masthead">
<div class="masthead-top"><p class="eyebrow">candlenet · <span class="whole">${formatDay(dates[0])} – ${formatDay(dates[dates.length - 1])}</span></p><button type="button" data-theme-toggle hidden>${words.theme}</button></div>
<h1>${data.title}</h1>
<div class="verdict${lead !== null && lead.t >= EVIDENCE ? '' : ' caution'}"><strong>${words.verdict.money({
    annual: annual(strategy),
    benchmark: data.market.benchmarkName,
    benchmarkAnnual: annual(benchmark),
  })}</strong>${
    universe && lead
      ? html`<p>${words.verdict.universe({
          annual: annual(universe),
          difference: formatPercent(lead.excessReturn, 1, true),
          t: formatNumber(lead.t, 1),
          noise: !(Math.abs(lead.t) >= EVIDENCE),
        })}</p>`
      : null
  }</div>
</header>
`;
}
