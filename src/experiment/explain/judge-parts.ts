import { contributionsByIndustry, measuresOfPeriod, skillByIndustry, skillByMonth } from '../../evaluation/index.js';
import type { PartsReport } from '../../report/index.js';
import { parseDay } from '../../util/index.js';
import type { ExperimentConfig } from '../config/schema.js';
import type { FittedModel } from '../pipeline/models.js';
import { basisOf } from '../pipeline/risk-free.js';
import type { TradedStrategy } from '../pipeline/strategies.js';
import type { Studied } from '../pipeline/study.js';

/** Skill and money part by part: by month, by industry, and in the periods that the user names. */
export function judgeParts(
  prepared: Studied,
  config: ExperimentConfig,
  { forecasts }: FittedModel,
  strategies: readonly TradedStrategy[],
): PartsReport {
  const { horizonDays } = config.label;
  const industries = new Map(prepared.instruments.map(({ symbol, industry }) => [symbol, industry]));
  const records = Object.fromEntries(strategies.map(({ id, record }) => [id, record]));
  const basis = basisOf(prepared, config);
  const industryOf = (symbol: string) => industries.get(symbol) || null;
  const traded = strategies.find(({ role }) => role === 'subject')?.result ?? null;
  const known = prepared.instruments.some(({ industry }) => industry !== '');
  return {
    months: skillByMonth(forecasts, horizonDays),
    industries: skillByIndustry(forecasts, horizonDays, (row) => industryOf(forecasts.symbol[row])),
    ...(traded && known && { contributions: contributionsByIndustry(traded, industryOf) }),
    periods: config.report.periods.map(({ name, span }, i) => {
      const [from, to] = span.map((date) => parseDay(date, `report.periods[${i}].span`));
      return { name, from, to, ...measuresOfPeriod([from, to], forecasts, horizonDays, records, basis) };
    }),
  };
}
