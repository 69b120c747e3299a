import { BarChart, HeatmapChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent, VisualMapPiecewiseComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { ChartOption, ChartSize } from './layout.js';
import { FONT_STACK } from './theme.js';

use([
  BarChart,
  HeatmapChart,
  LineChart,
  ScatterChart,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  VisualMapPiecewiseComponent,
  SVGRenderer,
]);

export interface SvgLabel {
  /** Unique in the page; ids inside the drawing derive from it. */
  readonly id: string;
  /** What the chart shows, in a sentence, for those who cannot see it. */
  readonly description: string;
  /** A class beside `chart`, by which a page chooses between drawings of one chart. */
  readonly variant?: string;
}

/**
 * Draws a chart to an SVG element. Equal options give equal text: the counters ECharts writes into ids are replaced, and
 * what only a live chart needs is taken out.
 */
export function renderSvg(option: ChartOption, size: ChartSize, label: SvgLabel): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: size.width, height: size.height });
  try {
    chart.setOption(option);
    return tidy(chart.renderToSVGString(), size, label);
  } finally {
    chart.dispose();
  }
}

function tidy(svg: string, { width, height, fontSize }: ChartSize, { id, description, variant }: SvgLabel): string {
  const body = svg
    .replace(/^<svg[^>]*>/, '')
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/ class="[^"]*"/g, '')
    .replace(/ ecmeta_\w+="[^"]*"/g, '')
    .replace(/ pointer-events="[^"]*"/g, '')
    .replace(/ xml:space="preserve"/g, '')
    .replace(/font-family:[^;"]*;?/g, '')
    .replaceAll(`font-size:${fontSize}px;`, '')
    .replace(/ style="white-space:pre;?"| style=""/g, '')
    .replace(/<rect width="\d+" height="\d+" x="0" y="0" fill="(?:none|transparent)"[^>]*><\/rect>/, '')
    .replace(/<path [^>]*fill-opacity="0"[^>]*stroke-width="0"[^>]*><\/path>/g, '')
    .replace(/\bzr\d+-/g, `${id}-`)
    .replace(/><\/(path|rect|circle|line)>/g, '/>')
    .replace(/\n+/g, '');
  return (
    `<svg class="chart${variant ? ` ${variant}` : ''}" id="${id}" role="img" aria-label="${escapeAttribute(description)}" viewBox="0 0 ${width} ${height}" ` +
    `width="${width}" height="${height}" font-family="${FONT_STACK}" font-size="${fontSize}" xmlns="http://www.w3.org/2000/svg">${body}`
  );
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
