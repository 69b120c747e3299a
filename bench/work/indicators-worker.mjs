// A thread's share of the 32 indicators over many series, for work/indicators.mjs: answers each message with the seconds it took.

import { parentPort, workerData } from 'node:worker_threads';
import { computeIndicators, INDICATORS } from '../../dist/indicators/index.js';

const { bytes, from, to, bars } = workerData;
const series = Array.from({ length: to - from }, (_, k) => {
  const field = (f) => {
    const begin = ((from + k) * 4 + f) * bars;
    return bytes.subarray(begin, begin + bars);
  };
  return { high: field(0), low: field(1), close: field(2), volume: field(3) };
});
const room = new Float64Array(INDICATORS.flatMap(({ outputs }) => outputs).length * bars);

parentPort.on('message', () => {
  const begun = performance.now();
  for (const one of series) computeIndicators(one, INDICATORS, room);
  parentPort.postMessage((performance.now() - begun) / 1000);
});
