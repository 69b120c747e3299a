import { describe, expect, it } from 'vitest';
import type { DailyStatistic, RelativeMeasures } from '../evaluation/index.js';
import { formatCount, formatNumber, formatPercent } from '../util/index.js';
import { html } from './html.js';
import { renderReport } from './render-report.js';
import { sampleReport } from './report.fixture.js';
import type { Language, ReportData } from './types.js';
import { findingOf } from './verdict.js';
import { wordsOf } from './words/words.js';

const data = sampleReport();
const render = (report: ReportData = data, language: Language = 'en') => renderReport(report, { language });

describe.each(['en', 'zh'] as const)('report in %s', (language) => {
  const page = render(data, language);
  const words = wordsOf(language);

  it('fetches nothing', () => {
    const addresses = [...page.matchAll(/[a-z]+:\/\/[^\s"')]+/g)].map((match) => match[0]);
    // The name of a namespace is no address; browsers do not fetch it.
    expect(addresses.filter((address) => address !== 'http://www.w3.org/2000/svg')).toEqual([]);
    expect(page).not.toMatch(/<link|<img|<iframe|@import|url\((?!#)|\ssrc=|\shref=/);
  });

  it('has every section, table and chart', () => {
    for (const title of Object.values(words.sections)) expect(page).toContain(`<h2>${title}</h2>`);
    const { holdings: _, monthsTable, configuration, ...captions } = words.captions;
    for (const caption of Object.values(captions)) expect(page).toContain(`<caption><span>${caption as string}</span>`);
    for (const summary of [monthsTable, configuration]) expect(page).toContain(`<summary>${summary}</summary>`);
    for (const id of ['net-value', 'drawdown', 'months', 'distribution', 'ic', 'confusion', 'calibration', 'loss']) {
      expect(page).toContain(`id="chart-${id}"`);
    }
  });

  it('names stocks in Chinese, and says its language', () => {
    for (const name of ['贵州茅台', '宁德时代', '比亚迪']) expect(page).toContain(name);
    expect(page).toContain(`<html lang="${language === 'en' ? 'en' : 'zh-CN'}">`);
    expect(page).toContain('<meta charset="utf-8">');
  });

  it('is the same text every time, and small', () => {
    expect(render(sampleReport(), language)).toBe(page);
    expect(page.length).toBeLessThan(400_000);
  });

  it('lets no unwritten value through', () => {
    expect(page).not.toMatch(/\bNaN\b|undefined|\[object|Infinity|\bnull\b/);
  });

  it('uses every id once', () => {
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('report', () => {
  const page = render();

  it('shows what each risk control saved and cost, and where there is none, no section', () => {
    const [all, , brake, none] = data.risk!.variants;
    expect(page).toContain('<th scope="row" class="text">Without: drawdown brake</th>');
    expect(page).toContain(`<td class="figure">${formatPercent(brake.measures.performance.volatility)}</td>`);
    expect(page).toContain(
      `changed the return by ${none.returnEffect > 0 ? '+' : ''}${formatNumber(100 * none.returnEffect, 1)} percentage points a year`,
    );
    expect(none.returnEffect).toBe(
      all.measures.performance.annualisedReturn - none.measures.performance.annualisedReturn,
    );
    expect(page).toContain('The last 1 of 12; the whole list is in risk-events.parquet.');
    for (const without of [
      { ...data, risk: null },
      { ...data, risk: undefined },
    ]) {
      expect(render(without)).not.toContain('What risk control saved and cost');
    }
  });

  it('tests its lead on other models and strategies, and regresses its return', () => {
    const [pair] = data.significance!.models;
    expect(page).toContain(`${formatCount(pair.days)} test days, ${formatCount(pair.samples)} forecasts`);
    expect(page).toContain(`<td class="figure">${formatPercent(pair.mean, 2, true)}</td>`);
    const drawn = data.significance!.resampled!;
    expect(page).toContain('The test drawn anew 50 times');
    expect(page).toContain(`<td class="figure">${formatPercent(drawn.maxDrawdown.low)}</td>`);
    expect(page).toContain(`<td class="figure">${formatPercent(drawn.against[0].excess.high, 1, true)}</td>`);
    const { capm } = data.attribution!.strategies[0];
    expect(page).toContain(`<td class="figure">${formatPercent(capm.annualAlpha, 1, true)}</td>`);
    expect(page).toContain('The store cannot give: value: cheap less dear.');
    const [sheet] = data.scoreSheets!;
    expect(page).toContain(`<td class="figure">${formatPercent(sheet.quantiles[4].meanExcess, 2, true)}</td>`);
    const { return: half } = data.strategies[0].measures.halves[0];
    expect(page).toContain(`<td class="figure">${formatPercent(half, 1, true)}</td>`);
    const without = render({ ...data, significance: undefined, attribution: undefined, scoreSheets: undefined });
    expect(without).not.toContain('Its score as a factor');
    expect(without).not.toContain('Could the difference be chance?');
    expect(without).not.toContain('Where did the return come from?');
  });

  it('shows what an ensemble removes and what updates changed, where there are some', () => {
    const reached = { accuracy: 0.41, rankIc: 0.0321, annualisedReturn: 0.123, volatility: 0.2, sharpe: 0.61 };
    const member = { seed: 7, variation: '', bestEpoch: 3, validationLoss: 1.0721, ...reached };
    const ensemble = {
      weighting: 'rolling',
      members: [1, 2].map((of) => ({ ...member, member: of, weights: { first: 0.5, mean: 0.4, last: 0.3 } })),
      whole: reached,
      error: { samples: 900, ensembleError: 0.645, meanMemberError: 0.66, ambiguity: 0.015 },
      forecasts: { variance: 0.0016, correlation: 0.73 },
      effectiveMembers: 1.9,
      returns: { variance: 0.0000025, member: 0.0002, ensemble: 0.0001 },
    } as const;
    const update = {
      date: data.market.to,
      arrived: 6000,
      replayed: 6000,
      validationBefore: 1.071,
      validationAfter: 1.0702,
    };
    const updates = [{ ...update, forecastNever: 1.091, forecastBefore: 1.0901, forecastAfter: Number.NaN }];
    const settings = { every: 'month', learningRate: 0.0001, epochs: 1, replayShare: 0.5 } as const;
    const online = { ...settings, updates, updated: reached, still: { ...reached, sharpe: 0.5 } };
    const shown = render({ ...data, ensemble, online });
    expect(shown).toContain('mean squared error is 0.6600; their disagreement takes 0.0150 (2.3');
    expect(shown).toContain('a standard deviation of 0.0400, and the weights leave 1.9 members’ worth');
    expect(shown).toContain('<td class="figure">0.50 · 0.40 · 0.30</td>');
    expect(shown).toContain('1 update, at the first session of each month: one epoch at rate 0.0001');
    expect(shown).toContain('<td class="figure">1.0702</td>');
    expect(page).not.toContain('Learning on');
  });

  it('says how the network was trained, where that was saved', () => {
    expect(page).toContain(
      '<dt>Training</dt><dd>Adam (β 0.9 and 0.999, ε 1e-8), rate 0.001; batches of 64; mixup with α 0.2</dd>',
    );
    const { description: _, ...training } = data.training!;
    expect(render({ ...data, training })).not.toContain('<dt>Training</dt>');
  });

  it('escapes what the data says', () => {
    expect(page).toContain('A finding of &lt;someone&gt; &amp; &quot;others&quot;');
    const hostile = render({ ...data, title: '</title><script>alert(1)</script>', configYaml: 'a: </pre><b>' });
    expect(hostile).not.toContain('<script>alert');
    expect(hostile).not.toContain('</pre><b>');
  });

  it('shows a measure that does not exist as a dash', () => {
    const majority = /<tr><th scope="row"[^>]*>(?:(?!<\/tr>).)*Majority class.*?<\/tr>/s.exec(page)![0];
    const cells = [...majority.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map((match) => match[1]);
    // Accuracy, macro F1, buy and sell precision, rank IC and its t, AUC, log loss.
    expect(cells.map((cell) => cell === '–')).toEqual([false, false, true, true, true, true, false, false]);
  });

  it('shows the majority rate beside the accuracy, and the bound where the market knows it', () => {
    const { majorityRate } = data.models[0].measures.classification!;
    expect(page).toContain(`majority class ${(majorityRate * 100).toFixed(1)}\u202f%`);
    expect(page).not.toContain('Best possible');
    const planted = render(sampleReport({ kind: 'planted', skill: 0.06 }));
    expect(planted).toContain('Best possible in this market');
    expect(planted).toContain('best possible 51.2\u202f%');
  });

  it('says that a price index loses its dividends, and only of a price index', () => {
    expect(page).toContain('CSI 300 is a price index');
    const total = render({ ...data, market: { ...data.market, benchmarkKind: 'total-return' } });
    expect(total).not.toContain('is a price index');
  });

  it('carries the whole configuration and every digest', () => {
    expect(page).toContain('label: { kind: volatility, horizonDays: 5, k: 0.5 }');
    for (const { sha256 } of data.provenance.hashes) expect(page).toContain(sha256);
  });

  it('stands without what a run may lack', () => {
    const bare = render({
      ...data,
      strategies: data.strategies.filter((row) => row.role === 'subject' || row.role === 'benchmark'),
      training: null,
      portfolio: null,
      regimes: [],
      bayes: null,
      notes: [],
      market: { ...data.market, findings: [], off: [] },
    });
    expect(bare).not.toContain('id="chart-loss"');
    expect(bare).not.toMatch(/\bNaN\b|undefined/);
  });

  it('refuses data without the strategy it is about', () => {
    expect(() => render({ ...data, strategies: [] })).toThrow('report: strategies has no row of role "subject"');
  });
});

describe('verdict', () => {
  const rankIc = (t: number): DailyStatistic => ({ days: 484, mean: t / 100, sd: 0.1, t, lags: 10, p: 0.5 });
  const lead = (t: number): RelativeMeasures => ({
    excessReturn: t / 100,
    informationRatio: t,
    trackingError: 0.05,
    beta: 1,
    correlation: 0.9,
    t,
    p: 0.5,
  });

  it('claims skill and money only where both are told from nought', () => {
    expect(findingOf(rankIc(3.5), lead(3.5))).toBe('skill-and-money');
    expect(findingOf(rankIc(3.5), lead(2.5))).toBe('skill');
    expect(findingOf(rankIc(3.5), null)).toBe('skill');
    expect(findingOf(rankIc(0.4), lead(3.5))).toBe('luck');
    expect(findingOf(rankIc(0.4), lead(-4))).toBe('none');
    expect(findingOf(rankIc(-3.5), lead(3.5))).toBe('inverse');
    expect(findingOf(rankIc(Number.NaN), lead(3.5))).toBe('unknown');
  });

  it('does not take the t of 2 for evidence that a textbook would', () => {
    expect(findingOf(rankIc(2.5), lead(2.5))).toBe('none');
  });

  it('is said in words first thing', () => {
    expect(render()).toContain('<strong>No evidence of skill.</strong>');
    expect(render(sampleReport({ kind: 'planted', skill: 0.06 }), 'zh')).toContain('模型对股票的排序优于随机');
  });
});

describe('html template', () => {
  it('escapes texts, keeps pieces, drops null and false', () => {
    const piece = html`<b>${'<&"\''}</b>`;
    expect(html`${[piece, ' ', 3]}${null}${false}`.text).toBe('<b>&lt;&amp;&quot;&#39;</b> 3');
  });
});
