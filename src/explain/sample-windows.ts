import { CandlenetError } from '../util/index.js';

/** A standardised panel, and the rows on which the windows of samples end. */
export interface SampleSource {
  /** [rows × features] */
  readonly values: Float32Array;
  readonly features: number;
  readonly window: number;
  /** Ascending by date, then symbol: the samples of a date, its section, lie together. */
  readonly rows: Int32Array;
  /** Sessions of the panel: row r is of session r mod `days`. */
  readonly days: number;
}

/** Samples first … end − 1, all of one session. */
export interface Section {
  readonly day: number;
  readonly start: number;
  readonly end: number;
}

/** The sections of samples, in order. @throws TABLE_INVALID where the samples of a session do not lie together */
export function sectionsOf({ rows, days }: Pick<SampleSource, 'rows' | 'days'>): Section[] {
  const sections: Section[] = [];
  for (let start = 0; start < rows.length; ) {
    const day = rows[start] % days;
    let end = start + 1;
    while (end < rows.length && rows[end] % days === day) end++;
    const last = sections.at(-1);
    if (last && last.day >= day) {
      const found = `session ${day} after session ${last.day}`;
      throw new CandlenetError('TABLE_INVALID', `samples to explain: found ${found}, expected them in order of date`);
    }
    sections.push({ day, start, end });
    start = end;
  }
  return sections;
}

/**
 * Numbers of the samples of whole sections evenly spread over time, at most `most` samples where one section does not
 * have more by itself. All of them where they are no more.
 */
export function evenSections(source: Pick<SampleSource, 'rows' | 'days'>, most: number): Int32Array {
  const sections = sectionsOf(source);
  const total = source.rows.length;
  if (total <= most) return Int32Array.from({ length: total }, (_, i) => i);
  let kept = Math.max(1, Math.floor((most * sections.length) / total));
  const spread = (count: number) =>
    Array.from({ length: count }, (_, k) => sections[Math.floor(((k + 0.5) * sections.length) / count)]);
  const size = (chosen: readonly Section[]) => chosen.reduce((sum, { start, end }) => sum + end - start, 0);
  while (kept > 1 && size(spread(kept)) > most) kept--;
  return Int32Array.from(
    spread(kept).flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i)),
  );
}

/**
 * The windows of samples one after the other, [samples × window × features], in shared memory: sample i's ends on row
 * i·window + window − 1 of it.
 * @throws TABLE_INVALID for a window outside the panel
 */
export function copyWindows({ values, features, window, rows }: Omit<SampleSource, 'days'>) {
  const size = window * features;
  const copied = new Float32Array(new SharedArrayBuffer(rows.length * size * 4));
  const end = Math.floor(values.length / features);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    if (row < window - 1 || row >= end) {
      const range = `${window - 1} … ${end - 1}`;
      throw new CandlenetError('TABLE_INVALID', `samples to explain: found panel row ${row}, expected ${range}`);
    }
    copied.set(values.subarray((row - window + 1) * features, (row + 1) * features), i * size);
  }
  return copied;
}
