import { monthOf } from '../util/index.js';
import { partAccuracy } from './part-accuracy.js';
import { selectRows } from './select-rows.js';
import { signal } from './signal.js';
import type { DailyStatistic, JudgedForecasts } from './types.js';

/** How well a part of the forecasts came out. */
export interface PartSkill {
  /** Forecasts with a label, or with an outcome where it is a number; of accuracy there is then none (NaN). */
  readonly samples: number;
  readonly accuracy: number;
  /** Of always naming the part's most frequent class. */
  readonly majorityRate: number;
  readonly rankIc: DailyStatistic;
}

export interface MonthSkill extends PartSkill {
  readonly year: number;
  /** 1 … 12. */
  readonly month: number;
}

export interface IndustrySkill extends PartSkill {
  readonly industry: string;
}

/** Skill in the rows that are kept. @param horizonDays of the label, for the errors of overlapping returns */
export function skillWhere(forecasts: JudgedForecasts, horizonDays: number, keep: (row: number) => boolean): PartSkill {
  const rows = selectRows(forecasts, keep);
  const { samples, accuracy, majorityRate } = partAccuracy(rows);
  return { samples, accuracy, majorityRate, rankIc: signal(rows, horizonDays).rankIc };
}

/** Skill in each calendar month, in order. */
export function skillByMonth(forecasts: JudgedForecasts, horizonDays: number): MonthSkill[] {
  const monthOfRow = Array.from({ length: forecasts.length }, (_, row) => monthOf(forecasts.date[row]));
  return [...new Set(monthOfRow)].map((month) => ({
    year: Math.floor(month / 12),
    month: (month % 12) + 1,
    ...skillWhere(forecasts, horizonDays, (row) => monthOfRow[row] === month),
  }));
}

/**
 * Skill among the stocks of each industry, the largest first; the rank IC is within the industry. Rows whose stock has none
 * (null) are left out.
 * @param industryOf the industry of a row's stock
 */
export function skillByIndustry(
  forecasts: JudgedForecasts,
  horizonDays: number,
  industryOf: (row: number) => string | null,
): IndustrySkill[] {
  const industries = Array.from({ length: forecasts.length }, (_, row) => industryOf(row));
  return [...new Set(industries)]
    .filter((industry) => industry !== null)
    .map((industry) => ({
      industry,
      ...skillWhere(forecasts, horizonDays, (row) => industries[row] === industry),
    }))
    .sort((a, b) => b.samples - a.samples || (a.industry < b.industry ? -1 : 1));
}
