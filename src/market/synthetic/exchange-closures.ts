import { type Day, parseDay } from '../../util/index.js';

/**
 * Weekdays on which the Shanghai and Shenzhen exchanges were closed, by year, as MMDD or MMDD-MMDD: New Year, Spring Festival,
 * Qingming, Labour Day, Dragon Boat, Mid-Autumn and National Day with the working days swapped around them, and single days
 * (2015-09-03). Source: the exchanges' yearly notices of closing days, which follow those of the State Council; 2020-01-31 by
 * the notice of 2020-01-27.
 */
const CLOSURES: Readonly<Record<number, string>> = {
  2010: '0101 0215-0219 0405 0503 0614-0616 0922-0924 1001-1007',
  2011: '0103 0202-0208 0404-0405 0502 0606 0912 1003-1007',
  2012: '0102-0103 0123-0127 0402-0404 0430-0501 0622 1001-1005',
  2013: '0101-0103 0211-0215 0404-0405 0429-0501 0610-0612 0919-0920 1001-1007',
  2014: '0101 0131-0206 0407 0501-0502 0602 0908 1001-1007',
  2015: '0101-0102 0218-0224 0406 0501 0622 0903-0904 1001-1007',
  2016: '0101 0208-0212 0404 0502 0609-0610 0915-0916 1003-1007',
  2017: '0102 0127-0202 0403-0404 0501 0529-0530 1002-1006',
  2018: '0101 0215-0221 0405-0406 0430-0501 0618 0924 1001-1005 1231',
  2019: '0101 0204-0208 0405 0501-0503 0607 0913 1001-1007',
  2020: '0101 0124-0131 0406 0501-0505 0625-0626 1001-1008',
  2021: '0101 0211-0217 0405 0503-0505 0614 0920-0921 1001-1007',
  2022: '0103 0131-0204 0404-0405 0502-0504 0603 0912 1003-1007',
  2023: '0102 0123-0127 0405 0501-0503 0622-0623 0929-1006',
  2024: '0101 0209-0216 0404-0405 0501-0503 0610 0916-0917 1001-1007',
  2025: '0101 0128-0204 0404 0501-0505 0602 1001-1008',
  2026: '0101-0102 0216-0223 0406 0501-0505 0619 0925 1001-1007',
};

const closedIn = new Map<number, ReadonlySet<Day>>(
  Object.entries(CLOSURES).map(([year, spans]) => {
    const dayOf = (text: string) => parseDay(`${year}-${text.slice(0, 2)}-${text.slice(2)}`);
    const days = new Set<Day>();
    for (const span of spans.split(' ')) {
      const [first, last = first] = span.split('-').map(dayOf);
      for (let day = first; day <= last; day++) days.add(day);
    }
    return [Number(year), days] as const;
  }),
);

/** The days of a year on which the exchanges stayed closed, weekends within a spell included; undefined for a year not listed. */
export function exchangeClosures(year: number): ReadonlySet<Day> | undefined {
  return closedIn.get(year);
}
