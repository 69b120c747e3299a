import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseDay } from '../../util/index.js';
import { syntheticCalendar } from './calendar.js';

const file = fileURLToPath(new URL('../../../../shared/data/csi300-qlib/calendars/day.txt', import.meta.url));
const missing = !existsSync(file);

describe.skipIf(missing)(`sessions of the exchanges, 2010 … 2023${missing ? ' (skipped: no real data)' : ''}`, () => {
  it('are those of the real market, each and every one', () => {
    const real = readFileSync(file, 'utf8')
      .trim()
      .split(/\s+/)
      .map((text) => parseDay(text));
    expect(real.length).toBeGreaterThan(3000);
    expect(Array.from(syntheticCalendar(parseDay('2010-01-01'), real.length, 'full'))).toEqual(real);
  });
});
