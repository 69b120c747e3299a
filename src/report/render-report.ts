import { createContext } from './context.js';
import { html } from './html.js';
import { renderPage } from './page.js';
import { attribution } from './sections/attribution.js';
import { audit } from './sections/audit.js';
import { data as dataSection } from './sections/data.js';
import { explanation } from './sections/explanation.js';
import { frontier } from './sections/frontier.js';
import { learning } from './sections/learning.js';
import { limits } from './sections/limits.js';
import { masthead } from './sections/masthead.js';
import { method } from './sections/method.js';
import { money } from './sections/money.js';
import { watermark } from './sections/paper.js';
import { parts } from './sections/parts.js';
import { protocol } from './sections/protocol.js';
import { provenance } from './sections/provenance.js';
import { regimes } from './sections/regimes.js';
import { risk } from './sections/risk.js';
import { scoreSheet } from './sections/score-sheet.js';
import { sensitivity } from './sections/sensitivity.js';
import { significance } from './sections/significance.js';
import { skill } from './sections/skill.js';
import { trades } from './sections/trades.js';
import { trials } from './sections/trials.js';
import type { Language, ReportData } from './types.js';

/**
 * The report as one HTML file that fetches nothing and needs no script but for its theme button. Equal data give equal
 * text.
 * @throws INTERNAL when the model or strategy in question, or the benchmark, is missing from the data
 */
export function renderReport(data: ReportData, { language }: { readonly language: Language }): string {
  const context = createContext(data, language);
  return renderPage({
    words: context.words,
    title: data.title,
    version: data.provenance.version,
    head: html`${watermark(context)}${masthead(context)}`,
    main: html`${money(context)}${frontier(context)}${limits(context)}${attribution(context)}${trials(context)}${skill(context)}${scoreSheet(context)}${significance(context)}${regimes(context)}${parts(context)}${explanation(context)}${sensitivity(context)}${risk(context)}${trades(context)}${dataSection(context)}${learning(context)}${protocol(context)}${method(context)}${audit(context)}${provenance(context)}`,
  });
}
