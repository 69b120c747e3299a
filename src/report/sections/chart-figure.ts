import { type ChartOption, type ChartSize, renderSvg } from '../../charts/index.js';
import { Html, html } from '../html.js';

/** Half a page wide: one drawing reads on a desk and on a phone. */
export const HALF: ChartSize = { width: 360, height: 270, fontSize: 12 };

/** A chart across the page is drawn twice, so that its texts keep their size on a phone. */
export interface PageWide {
  readonly wide: ChartSize;
  readonly narrow: ChartSize;
}

export const pageWide = (wideHeight: number, narrowHeight: number): PageWide => ({
  wide: { width: 860, height: wideHeight, fontSize: 12.5 },
  narrow: { width: 344, height: narrowHeight, fontSize: 12 },
});

export interface ChartFigure {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly chart: (size: ChartSize) => ChartOption;
}

export function chartFigure({ id, title, note, chart }: ChartFigure, size: ChartSize | PageWide): Html {
  const description = `${title}. ${note}`;
  const draw = (at: ChartSize, suffix: string, variant: string) =>
    renderSvg(chart(at), at, { id: `chart-${id}${suffix}`, description, variant });
  const drawings =
    'wide' in size ? draw(size.wide, '', 'wide') + draw(size.narrow, '-narrow', 'narrow') : draw(size, '', '');
  return html`<figure><figcaption>${title}<span>${note}</span></figcaption>${new Html(drawings)}</figure>
`;
}
