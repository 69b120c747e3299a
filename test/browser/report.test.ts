import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderReport } from '../../src/report/render-report.js';
import { sampleReport } from '../../src/report/report.fixture.js';
import { hasChromium, launchChromium, whyNot } from './chromium.js';

describe.skipIf(!hasChromium)(`report in a browser${whyNot}`, () => {
  let folder: string;
  let browser: Browser;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'candlenet-report-'));
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(width: number, colorScheme: 'light' | 'dark', language: 'en' | 'zh' = 'en'): Promise<Page> {
    const file = join(folder, `${language}.html`);
    writeFileSync(file, renderReport(sampleReport(), { language }));
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
    await page.goto(pathToFileURL(file).href);
    return page;
  }

  it.each(['en', 'zh'] as const)('does not scroll sideways on a phone (%s)', async (language) => {
    for (const width of [360, 390]) {
      const page = await open(width, 'light', language);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      await page.close();
    }
  });

  it('keeps the text of charts at 11 pixels or more on a phone', async () => {
    const page = await open(360, 'light');
    const smallest = await page.evaluate(`Math.min(...[...document.querySelectorAll('svg.chart')]
      .filter((svg) => svg.getBoundingClientRect().width > 0)
      .map((svg) => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width * Number(svg.getAttribute('font-size'))))`);
    expect(smallest).toBeGreaterThanOrEqual(11);
    await page.close();
  });

  it('follows the system to dark, and the button back to light; texts stand out in both', async () => {
    const page = await open(1200, 'dark');
    const look = () =>
      page.evaluate(`(() => {
        const line = document.querySelector('#chart-net-value [stroke="#0a5c9e"]');
        const style = getComputedStyle(document.body);
        return { page: style.backgroundColor, ink: style.color, line: getComputedStyle(line).stroke };
      })()`);
    expect(await look()).toEqual({ page: 'rgb(16, 21, 28)', ink: 'rgb(232, 235, 240)', line: 'rgb(98, 178, 243)' });
    await page.click('[data-theme-toggle]');
    expect(await look()).toEqual({ page: 'rgb(255, 255, 255)', ink: 'rgb(28, 36, 48)', line: 'rgb(10, 92, 158)' });
    await page.close();
  });

  it('asks for nothing but itself and raises no error', async () => {
    const page = await browser.newPage();
    const asked: string[] = [];
    const errors: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('pageerror', (error) => errors.push(error.message));
    const file = join(folder, 'alone.html');
    writeFileSync(file, renderReport(sampleReport(), { language: 'zh' }));
    await page.goto(pathToFileURL(file).href);
    expect(asked).toEqual([pathToFileURL(file).href]);
    expect(errors).toEqual([]);
    await page.close();
  });
});
