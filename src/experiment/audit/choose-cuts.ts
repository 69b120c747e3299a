import { createRng, type Day, indexAsOf } from '../../util/index.js';

export interface CutOptions {
  /** Cuts spread over the span, one at random in each part. Default 5. */
  readonly count?: number;
  readonly seed: number;
  /** Sessions at the start that are passed over: nothing is known yet. Default a twentieth of the span. */
  readonly warmUp?: number;
  /** Periods that each get a cut of their own inside, and one at their end, where what leaks over a boundary shows. */
  readonly periods?: readonly { readonly from: Day; readonly to: Day }[];
}

/** Days at whose close the future is removed: sessions, ascending, the last session never among them. */
export function chooseCuts(sessions: Int32Array, options: CutOptions): Day[] {
  const { count = 5, seed, periods = [] } = options;
  const first = Math.min(options.warmUp ?? Math.floor(sessions.length / 20), Math.max(0, sessions.length - 2));
  const last = sessions.length - 2;
  const chosen = new Set<number>();
  const within = (from: number, to: number, ...path: (string | number)[]) => {
    if (to >= from) chosen.add(from + createRng(seed, 'cut', ...path).int(to - from + 1));
  };
  const length = last - first + 1;
  for (let i = 0; i < count; i++) {
    within(first + Math.floor((i * length) / count), first + Math.floor(((i + 1) * length) / count) - 1, 'part', i);
  }
  for (const [i, { from, to }] of periods.entries()) {
    const begin = Math.max(first, indexAsOf(sessions, from - 1) + 1);
    const end = Math.min(last, indexAsOf(sessions, to));
    within(begin, end, 'period', i);
    if (end >= begin) chosen.add(end);
  }
  return [...chosen].sort((a, b) => a - b).map((session) => sessions[session]);
}
