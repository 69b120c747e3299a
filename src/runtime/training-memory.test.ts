import { describe, expect, it } from 'vitest';
import { layoutTraining } from './training-memory.js';

const program = { paramCount: 1001, stateCount: 6, optimiserArrays: 2, scratchCount: 40 };

describe('shared training memory', () => {
  it.each([1, 2, 3, 7])('with %i workers has slices that cover every parameter once', (workers) => {
    const { paddedCount, sliceCount } = layoutTraining(program, workers);
    expect(paddedCount).toBe(1008);
    expect(sliceCount % 16).toBe(0);
    expect(sliceCount * workers).toBeGreaterThanOrEqual(paddedCount);
    expect(sliceCount * (workers - 1)).toBeLessThan(paddedCount);
  });

  it('has no two parts that overlap, each on its own cache line', () => {
    const layout = layoutTraining(program, 2);
    const { gradientStride, statisticsStride, scratchStride } = layout;
    const parts = [
      [layout.params, 4004],
      [layout.optimiser[0], 4032],
      [layout.optimiser[1], 4032],
      [layout.meanGradient, 4032],
      [layout.gradients, 2 * gradientStride],
      [layout.state, 24],
      [layout.statistics, 2 * statisticsStride],
      [layout.scratch, 2 * scratchStride],
      [layout.squaredNorms, 16],
      [layout.lossSums, 16],
      [layout.normSum, 8],
      [layout.control, 64],
      [layout.bytes, 0],
    ];
    parts.slice(1).forEach(([offset], i) => {
      expect(offset % 64).toBe(0);
      expect(offset).toBeGreaterThanOrEqual(parts[i][0] + parts[i][1]);
    });
    expect(gradientStride).toBe(4032);
    expect(scratchStride).toBe(4 * 48);
  });
});
