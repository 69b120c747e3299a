import { createRng, type Day, formatDay, parseDay, yearOf } from '../../util/index.js';

/** One report of a company: the quarter's end, and the day on which it can be read. */
export interface ReportDate {
  /** Quarters since year 0. */
  readonly index: number;
  readonly periodEnd: Day;
  readonly announced: Day;
  /** The day a mistake in it is put right, the day of the next report as a rule; null for most. */
  readonly restated: Day | null;
}

/**
 * Last day of each period, the day by which the report must be out (CSRC, Measures for the Disclosure of Information by
 * Listed Companies: four months for the annual report, two for the half-year, one for the quarters), and the days before it on
 * which companies report, most of them late.
 */
const PERIODS = [
  { end: '03-31', deadline: '04-30', years: 0, span: 20 },
  { end: '06-30', deadline: '08-31', years: 0, span: 50 },
  { end: '09-30', deadline: '10-31', years: 0, span: 20 },
  { end: '12-31', deadline: '04-30', years: 1, span: 75 },
] as const;

const LATE_CHANCE = 0.004;
const LATEST = 60;
const RESTATEMENT_CHANCE = 0.03;

export const quarterEnd = remembered((index) => parseDay(`${Math.floor(index / 4)}-${PERIODS[index % 4].end}`));

/** The last day on which the report of a quarter may come out. */
export const reportDeadline = remembered((index) => {
  const { deadline, years } = PERIODS[index % 4];
  return parseDay(`${Math.floor(index / 4) + years}-${deadline}`);
});

/** Every company asks for the same few quarters. */
function remembered(dayOf: (index: number) => Day): (index: number) => Day {
  const days = new Map<number, Day>();
  return (index) => {
    const known = days.get(index);
    if (known !== undefined) return known;
    const day = dayOf(index);
    days.set(index, day);
    return day;
  };
}

/** The last quarter that has ended by a day. */
export function lastQuarterBy(day: Day): number {
  return yearOf(day) * 4 + PERIODS.filter(({ end }) => formatDay(day).slice(5) >= end).length - 1;
}

/**
 * The reports of quarters `first … last` of one company, ascending in both days: no report comes before that of an
 * earlier quarter. Four draws a report.
 */
export function drawReportDates(seed: number, number: number, first: number, last: number): ReportDate[] {
  const rng = createRng(seed, 'report-dates', number);
  const dates: (Omit<ReportDate, 'restated'> & { wrong: boolean })[] = [];
  for (let index = first; index <= last; index++) {
    const early = Math.floor(PERIODS[index % 4].span * rng.uniform() ** 2);
    const isLate = rng.uniform() < LATE_CHANCE;
    const late = 1 + rng.int(LATEST);
    const drawn = reportDeadline(index) + (isLate ? late : -early);
    const announced = Math.max(drawn, dates.at(-1)?.announced ?? drawn);
    dates.push({ index, periodEnd: quarterEnd(index), announced, wrong: rng.uniform() < RESTATEMENT_CHANCE });
  }
  return dates.map(({ wrong, ...date }, i) => {
    const next = dates[i + 1]?.announced ?? date.announced + 60;
    return { ...date, restated: wrong ? Math.max(next, date.announced + 1) : null };
  });
}
