import { type Day, formatDay, parseDay } from '../../../util/index.js';
import type { Version } from './statements.js';

/** One figure of a disclosure and its history. */
export interface Fact {
  readonly periodEnd: Day;
  readonly announced: Day;
  readonly value: number;
}

/** One column of all versions; empty cells are left out. */
export function factsOf(versions: readonly Version[], column: string, unit = 1): Fact[] {
  return versions.flatMap(({ periodEnd, announced, values }) =>
    Number.isNaN(values[column]) ? [] : [{ periodEnd, announced, value: values[column] * unit }],
  );
}

/** The figure of a period as known at the end of a day; NaN where there is none. @param facts by period, then announcement */
export function knownOf(facts: readonly Fact[], periodEnd: Day, asOf: Day): number {
  let value = Number.NaN;
  for (const fact of facts) if (fact.periodEnd === periodEnd && fact.announced <= asOf) value = fact.value;
  return value;
}

/** The end of the same period, so many years before. */
function yearsBefore(periodEnd: Day, years: number): Day {
  const text = formatDay(periodEnd);
  return parseDay(`${Number(text.slice(0, 4)) - years}${text.slice(4)}`.replace('-02-29', '-02-28'));
}

/** (x − x a year before) ÷ |x a year before|, the year before as known on the day; left out where it is 0 or unknown. */
export function growthOf(facts: readonly Fact[]): Fact[] {
  return derive(facts, ({ periodEnd, announced, value }) => {
    const before = knownOf(facts, yearsBefore(periodEnd, 1), announced);
    return before === 0 ? Number.NaN : (value - before) / Math.abs(before);
  });
}

/**
 * The sum over the last four quarters of a figure told from the beginning of the year: year to date + last year − last year to
 * date, as known on the day.
 */
export function lastFourQuarters(facts: readonly Fact[]): Fact[] {
  return derive(facts, ({ periodEnd, announced, value }) => {
    const year = formatDay(periodEnd).slice(0, 4);
    if (periodEnd === parseDay(`${year}-12-31`)) return value;
    const lastYear = knownOf(facts, parseDay(`${Number(year) - 1}-12-31`), announced);
    return value + lastYear - knownOf(facts, yearsBefore(periodEnd, 1), announced);
  });
}

/** The sum of what was told for periods that end within the year up to each one, as known on the day. */
export function sumOverYear(facts: readonly Fact[]): Fact[] {
  return derive(facts, ({ periodEnd, announced }) => {
    const within = facts.filter((one) => one.periodEnd > yearsBefore(periodEnd, 1) && one.periodEnd <= periodEnd);
    const periods = new Set(within.map((one) => one.periodEnd));
    let sum = 0;
    for (const period of periods) sum += knownOf(facts, period, announced) || 0;
    return sum;
  });
}

/** Each figure by another of the same period, as known on the day. */
export function ratioOf(facts: readonly Fact[], by: readonly Fact[]): Fact[] {
  return derive(facts, ({ periodEnd, announced, value }) => value / knownOf(by, periodEnd, announced));
}

function derive(facts: readonly Fact[], of: (fact: Fact) => number): Fact[] {
  return facts.map((fact) => ({ ...fact, value: of(fact) })).filter(({ value }) => Number.isFinite(value));
}
