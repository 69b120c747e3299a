/**
 * Colours by role, light and dark. A chart is drawn in the light ones; each light value is unique, so that a page can
 * re-colour the drawn SVG by attribute (see `chartCss`) and one drawing serves both themes. Blue and vermilion are told
 * apart by every common kind of colour vision (Okabe & Ito 2008), and take no side on whether red is a gain, as in
 * China, or a loss.
 */
export const CHART_COLOURS = {
  ink: { light: '#1c2430', dark: '#e8ebf0' },
  muted: { light: '#5a6676', dark: '#9ca8b8' },
  grid: { light: '#e4e8ed', dark: '#28313d' },
  axis: { light: '#aab4c0', dark: '#4a5666' },
  paper: { light: '#fffffe', dark: '#10151c' },
  subject: { light: '#0a5c9e', dark: '#62b2f3' },
  subjectArea: { light: '#c9def0', dark: '#1d3b57' },
  benchmark: { light: '#c4500a', dark: '#f2935a' },
  universe: { light: '#6a7585', dark: '#a3aebc' },
  other: { light: '#2f7d6b', dark: '#5fc7ad' },
  placebo: { light: '#9a6fb0', dark: '#c9a3dc' },
  bar: { light: '#a9c6e0', dark: '#2f5a80' },
  loss3: { light: '#c04a06', dark: '#f08a4b' },
  loss2: { light: '#e79a66', dark: '#a85a26' },
  loss1: { light: '#f8dcc9', dark: '#4a2f1e' },
  even: { light: '#f1f3f6', dark: '#1c232d' },
  gain1: { light: '#cfe2f3', dark: '#1b354d' },
  gain2: { light: '#79b0dc', dark: '#2c6ca3' },
  gain3: { light: '#0d5f9f', dark: '#6fbcf8' },
} as const;

export type ColourRole = keyof typeof CHART_COLOURS;

export const colour = (role: ColourRole): string => CHART_COLOURS[role].light;

/** Without quotes, which CSS does not need here and ECharts would write into a quoted attribute. */
export const FONT_STACK =
  'system-ui, -apple-system, Segoe UI, Roboto, Helvetica Neue, Noto Sans, PingFang SC, Hiragino Sans GB, Microsoft YaHei, Noto Sans SC, Noto Sans CJK SC, sans-serif';

const roles = Object.entries(CHART_COLOURS);

/** CSS custom properties of one theme, to be put inside a rule. */
export function chartVariables(theme: 'light' | 'dark'): string {
  return roles.map(([role, value]) => `--chart-${role}:${value[theme]}`).join(';');
}

/** Rules that re-colour every chart of the page by its theme. */
export function chartCss(): string {
  return roles
    .map(
      ([role, { light }]) =>
        `svg.chart [fill="${light}"]{fill:var(--chart-${role})}svg.chart [stroke="${light}"]{stroke:var(--chart-${role})}`,
    )
    .join('\n');
}
