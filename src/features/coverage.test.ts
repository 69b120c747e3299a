import { describe, expect, it } from 'vitest';
import { codedBars } from './coded-bars.fixture.js';
import { columnCoverage } from './coverage.js';
import { buildPanel } from './panel.js';

describe('column coverage', () => {
  it('counts what is missing past the warm-up, on the rows asked about on which the instrument traded', () => {
    const bars = codedBars({ symbols: 2, days: 50, withAmount: true, listedAt: [0, 5], suspended: [[0, 30]] });
    bars.amount!.fill(Number.NaN, 40, 44);
    const panel = buildPanel(bars, { featureSet: ['CLOSE', 'AMOUNT'] });
    const mask = new Uint8Array(100).fill(1);
    mask.fill(0, 96, 100);
    const rows = 49 + 41;
    expect(columnCoverage(panel, mask)).toEqual([
      { name: 'CLOSE', rows, warmUp: 2, missing: 0, missingShare: 0 },
      { name: 'AMOUNT', rows, warmUp: 19 + 19, missing: 10, missingShare: 10 / (rows - 38) },
    ]);
  });

  it('knows no share where every row is warm-up', () => {
    const panel = buildPanel(codedBars({ symbols: 1, days: 10 }), { featureSet: ['VOLUME'] });
    const [{ missingShare, warmUp }] = columnCoverage(panel, new Uint8Array(10).fill(1));
    expect([missingShare, warmUp]).toEqual([Number.NaN, 10]);
  });
});
