import { formatBytes, formatCount, formatDuration } from '../../util/index.js';
import type { ReportContext } from '../context.js';
import { type Html, html } from '../html.js';
import { figure, table, text } from '../table.js';

/** What it takes to get these figures again, and how long it took. */
export function provenance({ data, words }: ReportContext): Html {
  const { provenance: made } = data;
  const { facts, captions, columns } = words;
  return html`<section><h2>${words.sections.provenance}</h2>
<p>${words.text.hashes}</p>
<dl class="facts">
<dt>${facts.runId}</dt><dd>${made.runId}</dd>
<dt>${facts.version}</dt><dd>${made.version}</dd>
<dt>${facts.seed}</dt><dd>${made.seed}</dd>
<dt>${facts.workers}</dt><dd>${made.workers}</dd>
${made.hashes.map(
  (hash) => html`<dt>SHA-256 ${hash.name}</dt><dd><code>${hash.sha256}</code></dd>
`,
)}${made.environment.map(
  (entry) => html`<dt>${entry.name}</dt><dd>${entry.value}</dd>
`,
)}</dl>
${made.timesTestOpened !== null && html`<p class="note">${words.text.timesOpened(made.timesTestOpened)}</p>`}
<details><summary>${captions.configuration}</summary><pre><code>${data.configYaml}</code></pre></details>
${table(
  captions.timings,
  [text(columns.step), figure(columns.time)],
  [
    ...made.timings.map((row) => ({ cells: [row.step, formatDuration(row.seconds)] })),
    ...(made.trainingSamplesPerSecond === null
      ? []
      : [{ cells: [facts.speed, facts.samplesPerSecond(formatCount(made.trainingSamplesPerSecond))] }]),
    ...(made.peakMemoryBytes === null ? [] : [{ cells: [facts.memory, formatBytes(made.peakMemoryBytes)] }]),
  ],
)}
</section>
`;
}
