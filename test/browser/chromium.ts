import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

/** Whether this machine has a Chromium; tests in a browser are skipped by name where it has none. */
export const hasChromium = executablePath !== undefined;

/** For the title of a test that needs it. */
export const whyNot = hasChromium ? '' : ' (skipped: no chromium)';

/** A headless Chromium that asks nothing of the network by itself; root needs `--no-sandbox`. */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
