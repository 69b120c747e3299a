import type { Scratch } from './scratch.js';

/** Of the pairs, both finite, among the last n of every bar: how many, and the moments about their means. */
export interface RollingCoMoments {
  readonly count: Float64Array;
  readonly meanX: Float64Array;
  readonly meanY: Float64Array;
  readonly m2X: Float64Array;
  readonly m2Y: Float64Array;
  readonly cXY: Float64Array;
}

const COLUMNS = 6;

/**
 * Merged from suffixes and prefixes of blocks, as `rollingMoments`, to the same bits where the series have their values on
 * the same bars. `x` null stands for the index of the bar.
 */
export function rollingCoMoments(
  x: Float64Array | null,
  y: Float64Array,
  window: number,
  scratch: Scratch,
): RollingCoMoments {
  const bars = y.length;
  const out = {
    count: scratch.take(),
    meanX: scratch.take(),
    meanY: scratch.take(),
    m2X: scratch.take(),
    m2Y: scratch.take(),
    cXY: scratch.take(),
  };
  const suffix = new Float64Array((window + 1) * COLUMNS);
  for (let start = 0; start < bars; start += window) {
    const end = Math.min(start + window, bars);
    let n = 0;
    let mx = 0;
    let my = 0;
    let qx = 0;
    let qy = 0;
    let c = 0;
    for (let i = start; i < end; i++) {
      const a = x === null ? i : x[i];
      const b = y[i];
      if (Number.isFinite(a) && Number.isFinite(b)) {
        n++;
        const dx = a - mx;
        const dy = b - my;
        mx += dx / n;
        my += dy / n;
        qx += dx * (a - mx);
        qy += dy * (b - my);
        c += dx * (b - my);
      }
      const at = (i - start + 1) * COLUMNS;
      const older = suffix[at];
      const total = older + n;
      out.count[i] = total;
      if (total === 0) continue;
      const dx = n === 0 || older === 0 ? 0 : mx - suffix[at + 1];
      const dy = n === 0 || older === 0 ? 0 : my - suffix[at + 2];
      out.meanX[i] = older === 0 ? mx : suffix[at + 1] + (dx * n) / total;
      out.meanY[i] = older === 0 ? my : suffix[at + 2] + (dy * n) / total;
      out.m2X[i] = suffix[at + 3] + qx + (dx * dx * older * n) / total;
      out.m2Y[i] = suffix[at + 4] + qy + (dy * dy * older * n) / total;
      out.cXY[i] = suffix[at + 5] + c + (dx * dy * older * n) / total;
    }
    n = mx = my = qx = qy = c = 0;
    for (let i = end - 1; i >= start; i--) {
      const a = x === null ? i : x[i];
      const b = y[i];
      if (Number.isFinite(a) && Number.isFinite(b)) {
        n++;
        const dx = a - mx;
        const dy = b - my;
        mx += dx / n;
        my += dy / n;
        qx += dx * (a - mx);
        qy += dy * (b - my);
        c += dx * (b - my);
      }
      const at = (i - start) * COLUMNS;
      suffix[at] = n;
      suffix[at + 1] = mx;
      suffix[at + 2] = my;
      suffix[at + 3] = qx;
      suffix[at + 4] = qy;
      suffix[at + 5] = c;
    }
  }
  return out;
}
