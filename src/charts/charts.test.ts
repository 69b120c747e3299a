import { describe, expect, it } from 'vitest';
import { createRng, parseDay } from '../util/index.js';
import { calibrationChart } from './calibration.js';
import { confusionChart } from './confusion.js';
import { dateTicks } from './date-ticks.js';
import { distributionChart, histogram } from './distribution.js';
import { frontierChart } from './frontier.js';
import type { ChartOption, ChartSize } from './layout.js';
import { lossChart } from './loss.js';
import { monthsChart } from './months.js';
import { cumulativeIcChart, drawdownChart, netValueChart } from './net-value.js';
import { renderSvg } from './render-svg.js';
import { CHART_COLOURS, chartCss } from './theme.js';

const size: ChartSize = { width: 360, height: 240, fontSize: 12 };
const dates = Int32Array.from({ length: 300 }, (_, i) => parseDay('2022-01-03') + i);
const rng = createRng('charts');
const values = Float64Array.from(dates, () => 1 + 0.05 * rng.normal());
const lines = [
  { name: 'CNN-LSTM', values, role: 'subject' as const, area: true },
  { name: '沪深 300', values: values.map((v) => v * v), role: 'benchmark' as const, dashed: true },
];
const loss = {
  train: [1.1, 1.05, 1.02],
  validation: [1.1, 1.08, 1.09],
  bestEpoch: 2,
  words: { train: 'training', validation: 'validation', epoch: 'epoch', best: 'best' },
};

const CHARTS: Readonly<Record<string, ChartOption>> = {
  'net value': netValueChart({ dates, lines, scale: 'linear' }, size),
  'net value, log': netValueChart({ dates, lines, scale: 'log' }, size),
  drawdown: drawdownChart(
    { dates, lines: lines.map((line) => ({ ...line, values: line.values.map((v) => -v) })) },
    size,
  ),
  ic: cumulativeIcChart({ dates, lines }, size),
  distribution: distributionChart(
    { returns: values.map((v) => v - 1), mean: 0, deviation: 0.05, words: { returns: 'days', normal: 'normal' } },
    size,
  ),
  loss: lossChart(loss, size),
  confusion: confusionChart(
    {
      counts: [
        [10, 80, 10],
        [5, 20, 75],
        [30, 30, 40],
      ],
      words: { classes: ['buy', 'hold', 'sell'], truth: 'truth', forecast: 'forecast' },
    },
    size,
  ),
  frontier: frontierChart(
    {
      frontier: [0.1, 0.12, 0.2].map((volatility, i) => ({ volatility, expectedReturn: 0.02 * i })),
      assets: [{ volatility: 0.3, expectedReturn: 0.03 }],
      chosen: { volatility: 0.15, expectedReturn: 0.025 },
      words: { frontier: 'frontier', assets: 'names', chosen: 'chosen', volatility: 'volatility' },
      format: (value) => value.toFixed(2),
    },
    size,
  ),
  months: monthsChart(
    {
      months: Array.from({ length: 12 }, (_, i) => ({ year: 2022, month: i + 1, return: (i - 6) / 50 })),
      words: { months: Array.from('JFMAMJJASOND'), shortMonths: Array.from('JFMAMJJASOND'), year: 'Year' },
    },
    size,
  ),
  calibration: calibrationChart(
    {
      curves: ['buy', 'hold', 'sell'].map((name) => ({
        name,
        bins: [
          { meanForecast: 0.25, observedShare: 0.3, count: 100 },
          { meanForecast: 0.55, observedShare: 0.4, count: 10 },
        ],
      })),
      minimumCount: 30,
      words: { forecast: 'forecast', observed: 'observed' },
    },
    size,
  ),
};

describe.each(Object.entries(CHARTS))('chart: %s', (name, option) => {
  const draw = () => renderSvg(option, size, { id: 'chart', description: `the "${name}" <chart>` });

  it('is drawn the same every time, whatever was drawn before', () => {
    const first = draw();
    renderSvg(lossChart(loss, size), size, { id: 'other', description: '' });
    expect(draw()).toBe(first);
  });

  it('has no colour but those a theme can change', () => {
    const themed = new Set<string>(Object.values(CHART_COLOURS).map(({ light }) => light));
    // Clip paths are never seen.
    const seen = draw().replace(/<clipPath[\s\S]*?<\/clipPath>/g, '');
    const used = [...seen.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map((match) => match[1]);
    expect(used.length).toBeGreaterThan(5);
    expect(used.filter((value) => value !== 'none' && value !== 'transparent' && !themed.has(value))).toEqual([]);
  });

  it('is well-formed, labelled, and without remains of a live chart', () => {
    const svg = draw();
    expect(svg).toMatch(/^<svg class="chart" id="chart" role="img" aria-label="the &quot;/);
    expect(svg).toMatch(/<\/svg>$/);
    expect(svg).not.toMatch(/zr\d|ecmeta|<style|NaN|undefined|[a-z]"[A-Z]/);
    const opened = [...svg.matchAll(/<([a-zA-Z]+)\b[^>]*?(\/?)>/g)].filter((tag) => tag[2] === '').length;
    expect([...svg.matchAll(/<\/[a-zA-Z]+>/g)]).toHaveLength(opened);
  });
});

describe('chart definitions', () => {
  it('are plain options: the loss curves', () => {
    const { xAxis, yAxis, series } = lossChart(loss, size);
    expect(xAxis).toMatchObject({ type: 'value', name: 'epoch', min: 1, max: 3 });
    expect(yAxis).toMatchObject({ type: 'value', scale: true });
    expect(JSON.parse(JSON.stringify(series))).toMatchInlineSnapshot(`
      [
        {
          "data": [
            [
              1,
              1.1,
            ],
            [
              2,
              1.05,
            ],
            [
              3,
              1.02,
            ],
          ],
          "itemStyle": {
            "color": "#6a7585",
          },
          "lineStyle": {
            "color": "#6a7585",
            "width": 1.8,
          },
          "name": "training",
          "showSymbol": true,
          "silent": true,
          "symbol": "circle",
          "symbolSize": 5,
          "type": "line",
        },
        {
          "data": [
            [
              1,
              1.1,
            ],
            [
              2,
              1.08,
            ],
            [
              3,
              1.09,
            ],
          ],
          "itemStyle": {
            "color": "#0a5c9e",
          },
          "lineStyle": {
            "color": "#0a5c9e",
            "width": 1.8,
          },
          "markLine": {
            "data": [
              {
                "xAxis": 2,
              },
            ],
            "label": {
              "color": "#c4500a",
              "fontFamily": "system-ui, -apple-system, Segoe UI, Roboto, Helvetica Neue, Noto Sans, PingFang SC, Hiragino Sans GB, Microsoft YaHei, Noto Sans SC, Noto Sans CJK SC, sans-serif",
              "fontSize": 12,
              "formatter": "best 2",
            },
            "lineStyle": {
              "color": "#c4500a",
              "type": [
                5,
                4,
              ],
              "width": 1.2,
            },
            "silent": true,
            "symbol": "none",
          },
          "name": "validation",
          "showSymbol": true,
          "silent": true,
          "symbol": "circle",
          "symbolSize": 5,
          "type": "line",
        },
      ]
    `);
  });

  it('draw an undefined value as a gap', () => {
    const option = netValueChart(
      {
        dates: dates.slice(0, 3),
        lines: [{ name: 'a', role: 'subject', values: [1, Number.NaN, 2] }],
        scale: 'linear',
      },
      size,
    );
    expect((option.series as { data: unknown[] }[])[0].data).toEqual([1, '-', 2]);
  });

  it('leave out calibration bins of few rows', () => {
    const series = CHARTS.calibration.series as { data: unknown[] }[];
    expect(series[1].data).toEqual([[0.25, 0.3]]);
  });

  it('give every legend row its room', () => {
    const named = (names: readonly string[]) =>
      netValueChart({ dates, lines: names.map((name) => ({ ...lines[0], name })), scale: 'linear' }, size);
    const rows = (option: ChartOption) => (option.legend as { top: number }[]).map((row) => row.top);
    const top = (option: ChartOption) => (option.grid as { top: number }).top;
    const one = named(['a', 'b', 'c']);
    const two = named(['CNN-LSTM', 'Logistic regression', '股票池买入并持有']);
    expect(rows(one)).toEqual([0]);
    expect(rows(two)).toEqual([0, 20]);
    expect(top(two) - top(one)).toBe(20);
  });
});

describe('date ticks', () => {
  it('stand on the first session of a month, few enough, years written bare', () => {
    expect([...dateTicks(dates, 3).values()]).toEqual(['2022-04', '2022-07', '2022-10']);
    expect([...dateTicks(dates, 6).values()]).toEqual(['2022-03', '2022-05', '2022-07', '2022-09']);
    const long = Int32Array.from({ length: 1500 }, (_, i) => parseDay('2010-01-04') + i);
    expect([...dateTicks(long, 5).values()]).toEqual(['2011', '2012', '2013', '2014']);
  });
});

describe('histogram', () => {
  it('counts every return once, symmetric about 0', () => {
    const { centres, counts } = histogram([-0.031, -0.001, 0, 0.0012, 0.02]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(5);
    expect(centres[0]).toBeCloseTo(-centres[centres.length - 1], 12);
    expect(counts[0]).toBe(1);
  });
});

describe('theme', () => {
  it('tells every role by its own light colour', () => {
    const light = Object.values(CHART_COLOURS).map((value) => value.light);
    expect(new Set(light).size).toBe(light.length);
    for (const value of light) expect(chartCss()).toContain(`[fill="${value}"]`);
  });
});
