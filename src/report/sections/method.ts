import { formatCount, formatDay } from '../../util/index.js';
import type { ReportContext } from '../context.js';
import { type Html, html } from '../html.js';
import { figure, table, text } from '../table.js';
import { paperChoices } from './paper.js';

/** Label, periods, inputs and choices: what the figures above depend on. */
export function method(context: ReportContext): Html {
  const { data, words, model } = context;
  const { samples, training } = data;
  const { columns, facts, captions } = words;
  return html`<section><h2>${words.sections.method}</h2>
<dl class="facts">
<dt>${facts.label}</dt><dd>${samples.label.definition}</dd>
<dt>${facts.window}</dt><dd>${facts.windowSessions(samples.window)}</dd>
${training?.description !== undefined && html`<dt>${facts.training}</dt><dd>${training.description}</dd>`}
${model.parameters !== null && html`<dt>${facts.parameters}</dt><dd>${formatCount(model.parameters)}</dd>`}
</dl>
${table(
  captions.splits,
  [
    text(columns.period),
    text(columns.from),
    text(columns.to),
    figure(columns.sessions),
    figure(columns.samples),
    figure(columns.purged, words.hints.purged),
  ],
  samples.splits.map((split) => ({
    cells: [
      words.splits[split.name],
      formatDay(split.from),
      formatDay(split.to),
      formatCount(split.sessions),
      formatCount(split.samples),
      formatCount(split.purged),
    ],
  })),
)}
${table(
  captions.features,
  [text(columns.group), figure(columns.count), text(columns.features)],
  samples.features.map((group) => ({
    cells: [group.group, formatCount(group.names.length), group.names.join(', ')],
  })),
)}
${paperChoices(context)}
${data.notes.length > 0 && html`<ul class="note">${data.notes.map((note) => html`<li>${note}</li>`)}</ul>`}
</section>
`;
}
