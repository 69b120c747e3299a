import { expect, it } from 'vitest';
import { updateRunningStatistics } from './running-statistics.js';

it("running statistics move by the momentum towards the workers' mean, slot by slot", () => {
  const slots = [
    { offset: 0, size: 1, momentum: 0.5 },
    { offset: 1, size: 2, momentum: 0.25 },
  ];
  const running = Float32Array.of(0, 8, 1);
  updateRunningStatistics(slots, running, [Float32Array.of(2, 12, 5), Float32Array.of(4, 4, 13)]);
  expect([...running]).toEqual([1.5, 8, 3]);
});
