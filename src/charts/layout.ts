import type { EChartsOption } from 'echarts';
import { colour, FONT_STACK } from './theme.js';

/** A chart definition: what ECharts draws, in a page or to SVG. */
export type ChartOption = EChartsOption;

/** The size a chart is drawn for, in CSS pixels; it decides how many labels there is room for. */
export interface ChartSize {
  readonly width: number;
  readonly height: number;
  readonly fontSize: number;
}

/** Pattern of a dashed line. */
export const DASHED = [5, 4];

export function baseOption({ fontSize }: ChartSize): ChartOption {
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: FONT_STACK, fontSize, color: colour('ink') },
  };
}

/** Space around the plot; axis labels are inside it. `bottom` is for an axis name. */
export function grid(top: number, bottom = 2): ChartOption['grid'] {
  return { left: 2, right: 14, top, bottom, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' };
}

/** Room below the plot for the name of its axis. */
export const nameRoom = ({ fontSize }: ChartSize): number => Math.round(fontSize * 1.6);

export interface LegendEntry {
  readonly name: string;
  readonly dashed?: boolean;
}

const ICON_WIDTH = 20;
const GAP = 22;
const SOLID_ICON = 'path://M0,0H20V3H0Z';
const DASHED_ICON = 'path://M0,0H5V3H0ZM7.5,0H12.5V3H7.5ZM15,0H20V3H15Z';

/** Wide enough for any common font: a drawing does not know the font it will be shown in. */
export const textWidth = (text: string, fontSize: number): number =>
  Array.from(text).reduce((sum, letter) => sum + (letter > '\u2e7f' ? 1 : 0.62), 0) * fontSize;

function legendRows(entries: readonly LegendEntry[], { fontSize, width }: ChartSize): LegendEntry[][] {
  const rows: LegendEntry[][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const entry of entries) {
    const needed = ICON_WIDTH + 5 + textWidth(entry.name, fontSize);
    if (used + GAP + needed > width) {
      rows.push([]);
      used = 0;
    }
    rows[rows.length - 1].push(entry);
    used += needed + GAP;
  }
  return rows;
}

const rowHeight = (fontSize: number): number => Math.round(fontSize * 1.7);

/** A legend above the plot, as many rows as the names need. */
export function legend(entries: readonly LegendEntry[], size: ChartSize): ChartOption['legend'] {
  const { fontSize } = size;
  return legendRows(entries, size).map((row, i) => ({
    data: row.map(({ name, dashed }) => ({ name, icon: dashed ? DASHED_ICON : SOLID_ICON })),
    left: 0,
    top: i * rowHeight(fontSize),
    padding: 0,
    itemGap: GAP,
    itemWidth: ICON_WIDTH,
    itemHeight: 3,
    selectedMode: false,
    textStyle: { fontSize, color: colour('ink'), fontFamily: FONT_STACK },
  }));
}

/** Room above the plot for the legend. */
export function legendHeight(entries: readonly LegendEntry[], size: ChartSize): number {
  return legendRows(entries, size).length * rowHeight(size.fontSize) + Math.round(size.fontSize * 0.8);
}

export function axisStyle({ fontSize }: ChartSize) {
  return {
    axisLine: { show: true, onZero: false, lineStyle: { color: colour('axis') } },
    axisTick: { show: false },
    axisLabel: { fontSize, color: colour('muted'), fontFamily: FONT_STACK },
    splitLine: { show: false },
  };
}

export function valueAxisStyle(size: ChartSize) {
  return {
    ...axisStyle(size),
    axisLine: { show: false },
    splitLine: { show: true, lineStyle: { color: colour('grid'), width: 1 } },
  };
}

export function axisName(name: string, { fontSize }: ChartSize) {
  return { name, nameTextStyle: { fontSize, color: colour('muted'), fontFamily: FONT_STACK } };
}

/** The name in the middle along its axis, `gap` heights of its letters from it. */
export function axisNameAlong(name: string, size: ChartSize, gap = 2) {
  return { ...axisName(name, size), nameLocation: 'middle' as const, nameGap: size.fontSize * gap };
}
