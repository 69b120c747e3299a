import { frontierChart } from '../../charts/index.js';
import { formatDay, formatPercent } from '../../util/index.js';
import type { ReportContext } from '../context.js';
import { type Html, html } from '../html.js';
import { frontierWords } from '../words/frontier.js';
import { chartFigure, pageWide } from './chart-figure.js';

/** The efficient frontier that the optimiser chose from; nothing where no optimiser weighs return against risk. */
export function frontier({ data, language }: ReportContext): Html | null {
  const { frontier: measured } = data;
  if (!measured) return null;
  const words = frontierWords(language);
  return html`<section>${chartFigure(
    {
      id: 'frontier',
      title: words.title,
      note: words.note(formatDay(measured.date), measured.assets.length),
      chart: (size) => frontierChart({ ...measured, words, format: (value) => formatPercent(value, 0) }, size),
    },
    pageWide(300, 280),
  )}</section>
`;
}
