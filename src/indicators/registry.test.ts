import { describe, expect, it } from 'vitest';
import { indicatorContract } from './indicator.contract.js';
import { INDICATORS } from './registry.js';

for (const indicator of INDICATORS) indicatorContract(indicator);

describe('the table of indicators', () => {
  it('has the 32 outputs of the paper, each once', () => {
    const outputs = INDICATORS.flatMap((indicator) => indicator.outputs);
    expect(outputs).toHaveLength(32);
    expect(new Set(outputs).size).toBe(32);
  });
});
