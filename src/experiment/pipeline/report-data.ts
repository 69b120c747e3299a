import { stringify } from 'yaml';
import { scoreOf } from '../../backtest/index.js';
import { extremeTrades } from '../../evaluation/index.js';
import type { Instrument, StoreManifest } from '../../market/index.js';
import type {
  CountedReason,
  HoldingReport,
  MarketDataReport,
  MarketReport,
  PortfolioReport,
  ProvenanceReport,
  ReportData,
  SampleReport,
  SplitReport,
  TrialsReport,
} from '../../report/index.js';
import { spanOf } from '../../training/index.js';
import { formatCount, invariant, parseDay } from '../../util/index.js';
import { isNumberLabel } from '../config/label-section.js';
import { AS_WRITTEN_LEAKS, type AsWrittenLeak, choicesBeside } from '../config/paper-preset.js';
import type { ExperimentConfig } from '../config/schema.js';
import { describeCommission } from './execution.js';
import type { Verdicts } from './judge.js';
import { describeLabel } from './labels.js';
import { notesOf } from './notes.js';
import { describePolicy } from './policy-text.js';
import { protocolReport } from './protocol-report.js';
import { countReasons } from './rejections.js';
import { riskReport } from './risk-report.js';
import type { Studied } from './study.js';
import { describeTraining } from './training-text.js';

const TRADES_SHOWN = 8;
const HOLDINGS_SHOWN = 10;

export interface ReportInput {
  readonly prepared: Studied;
  readonly config: ExperimentConfig;
  readonly verdicts: Verdicts;
  readonly trials: TrialsReport;
  readonly data: MarketDataReport;
  readonly provenance: ProvenanceReport;
  /** What a preset cut down, as sentences. */
  readonly reductions: readonly string[];
  /** How the market was timed; null where it was not asked for. */
  readonly timing: string | null;
  /** What is said of parts, of the network and of other choices. */
  readonly insights: Partial<ReportData>;
}

/** Everything the report shows, from what the run has measured. */
export function reportData(input: ReportInput): ReportData {
  const { prepared, config, verdicts, trials, data, provenance, reductions, timing, insights } = input;
  const subject = verdicts.models[0];
  const protocol = protocolReport(prepared, config, verdicts.paths);
  const fit = subject.fits.at(-1);
  invariant(fit !== undefined, 'the model in question is a network');
  const { history, bestEpoch } = fit;
  return {
    title: `${prepared.store.manifest.title} · ${config.model.name.toUpperCase()}`,
    market: marketReport(prepared, config),
    samples: sampleReport(prepared, config),
    data,
    models: verdicts.models.map(({ id, name, role, parameters, measures }) => ({
      id,
      name,
      role,
      parameters,
      measures,
    })),
    strategies: verdicts.strategies.map(({ id, name, role, measures, record }) => ({
      ...{ id, name, role, measures },
      dates: record.dates,
      returns: record.returns,
    })),
    bayes: verdicts.bayes,
    training: {
      description: describeTraining(config),
      trainLoss: history.map(({ trainLoss }) => trainLoss),
      validationLoss: history.map(({ validationLoss }) => validationLoss),
      bestEpoch,
      stoppedEarly: history.length < config.training.maxEpochs,
    },
    regimes: verdicts.regimes,
    portfolio: portfolioReport(prepared, config, verdicts),
    significance: verdicts.significance,
    scoreSheets: verdicts.scoreSheets,
    ...(verdicts.attribution === null ? {} : { attribution: verdicts.attribution }),
    ...(verdicts.limits === null ? {} : { limits: verdicts.limits }),
    trials,
    ...frontierOf(verdicts),
    ...paperReport(config),
    ...(verdicts.subject.ensemble && { ensemble: verdicts.subject.ensemble }),
    ...(verdicts.subject.online && { online: verdicts.subject.online }),
    ...(protocol === undefined ? {} : { protocol }),
    risk: riskReport(verdicts.risk),
    ...insights,
    riskFree: prepared.riskFree.meanAnnual,
    sessionsPerYear: config.backtest.sessionsPerYear,
    notes: [...reductions, ...(timing === null ? [] : [timing]), ...notesOf(prepared, config, verdicts)],
    configYaml: stringify(config),
    provenance,
  };
}

/** What the run takes from the paper: what it does that looks ahead, and the choices of its preset. */
function paperReport({ preset, asWritten }: ExperimentConfig): Pick<ReportData, 'looksAhead' | 'paperChoices'> {
  const leaks = Object.entries(AS_WRITTEN_LEAKS).flatMap(([key, what]) =>
    asWritten?.[key as AsWrittenLeak] ? [what] : [],
  );
  const named = [preset].flat();
  const ofPaper = named.includes('paper') || named.includes('paper-as-written');
  return {
    ...(leaks.length > 0 ? { looksAhead: leaks } : {}),
    ...(ofPaper ? { paperChoices: choicesBeside(asWritten) } : {}),
  };
}

function frontierOf({ strategies }: Verdicts): Pick<ReportData, 'frontier'> {
  const frontier = strategies.find(({ role }) => role === 'subject')?.frontier;
  return frontier ? { frontier } : {};
}

function marketReport(
  { store, bars, universe, period, benchmark, omitted, valuations }: Studied,
  { portfolio }: ExperimentConfig,
): MarketReport {
  const { manifest } = store;
  const days = bars.dates.length;
  const { first, last } = period;
  let members = 0;
  for (let s = 0; s < bars.symbols.length; s++) {
    for (let t = first; t <= last; t++) members += universe[s * days + t];
  }
  return {
    title: manifest.title,
    source: manifest.source,
    kind: manifest.truth?.kind ?? 'real',
    instruments: bars.symbols.length,
    universeSize: members / (last - first + 1),
    from: parseDay(manifest.from),
    to: parseDay(manifest.to),
    sessions: manifest.sessions,
    benchmarkName: benchmark.name,
    benchmarkKind: benchmark.kind,
    findings: manifest.findings,
    off: [
      ...omitted.map(({ name, reason }) => ({ what: `feature ${name}`, why: reason })),
      ...missingRules(manifest),
      ...(portfolio.strategies.value && valuations === null
        ? [{ what: 'the value strategy', why: 'the store has no daily ratios of price to fundamentals' }]
        : []),
    ],
  };
}

function missingRules({ hasSt, stUnknownBars: unknown }: StoreManifest): { what: string; why: string }[] {
  const what = 'the ±5 % limit of ST shares';
  if (!hasSt) return [{ what, why: 'the source has no flag of special treatment' }];
  if (unknown === undefined) return [];
  return [{ what: `${what} on some days`, why: `of ${formatCount(unknown)} bars nothing says whether it applied` }];
}

function sampleReport(prepared: Studied, config: ExperimentConfig): SampleReport {
  const { columns, window, samples, testRows, counts } = prepared;
  const groups = [...new Set(columns.map(({ group }) => group))];
  return {
    label: {
      kind: config.label.kind,
      horizonDays: config.label.horizonDays,
      definition: describeLabel(config.label),
    },
    window,
    features: groups.map((group) => ({
      group,
      names: columns.filter((column) => column.group === group).map(({ name }) => name),
    })),
    splits: [
      split(prepared, 'train', samples.train),
      split(prepared, 'validation', samples.validation),
      split(prepared, 'test', testRows.length),
    ],
    screening: [],
    drops: dropReasons(counts),
  };
}

function split(prepared: Studied, name: SplitReport['name'], samples: number): SplitReport {
  const { fold, bars, universe, period } = prepared;
  const range = { train: spanOf(fold.train), validation: fold.validate, test: period }[name];
  const purgedSessions = { train: fold.purged.train, validation: fold.purged.validate, test: 0 }[name];
  let purged = 0;
  for (let s = 0; s < bars.symbols.length; s++) {
    for (let t = range.last + 1; t <= range.last + purgedSessions; t++) purged += universe[s * bars.dates.length + t];
  }
  return {
    name,
    from: bars.dates[range.first],
    to: bars.dates[range.last],
    sessions: range.last - range.first + 1,
    samples,
    purged,
  };
}

const DROPS = {
  notTraded: 'universe row without a sample: the stock did not trade that day',
  warmUp: 'universe row without a sample: too little history for the window',
  gapInWindow: 'universe row without a sample: a suspended or misrecorded day in the window',
  missingFeature: 'universe row without a sample: a feature undefined in the window',
  noLabel: 'training or validation row without a label: suspended at entry or exit, or no volatility yet',
} as const;

function dropReasons(counts: Studied['counts']): CountedReason[] {
  return Object.entries(DROPS).map(([key, reason]) => {
    const of = (split: keyof Studied['counts']) => counts[split][key as keyof typeof DROPS];
    const [train, validation, test] = [of('train'), of('validation'), of('test')];
    return {
      reason,
      count: train + validation + test,
      example: `training ${formatCount(train)}, validation ${formatCount(validation)}, test ${formatCount(test)}`,
    };
  });
}

function portfolioReport(prepared: Studied, config: ExperimentConfig, verdicts: Verdicts): PortfolioReport | null {
  const subject = verdicts.strategies.find(({ role }) => role === 'subject');
  if (!subject?.result) return null;
  const { capital, commissionBps, minCommission, halfSpreadBps, impactCoefficient } = config.backtest;
  const { result } = subject;
  return {
    policy: describePolicy(config),
    ...(isNumberLabel(config.label) && { scoreIsNumber: true }),
    costs:
      `rulebook ${result.rulebook}: stamp duty and transfer fee by date; ` +
      `${describeCommission(commissionBps, minCommission)}, half-spread ${halfSpreadBps} bp, ` +
      (impactCoefficient > 0 ? `square-root impact ${impactCoefficient} σ` : 'no impact'),
    initialCapital: capital,
    holdings: holdings(prepared.instruments, verdicts),
    holdingsDate: result.to,
    ...extremeTrades(subject.record.roundTrips ?? [], TRADES_SHOWN),
    rejections: countReasons(result.orders.columns),
  };
}

function holdings(instruments: readonly Instrument[], verdicts: Verdicts): HoldingReport[] {
  const subject = verdicts.strategies.find(({ role }) => role === 'subject');
  if (!subject?.result) return [];
  const { positions, orders } = subject.result;
  const names = new Map(instruments.map(({ symbol, name }) => [symbol, name]));
  const { forecasts } = verdicts.models[0];
  const { symbol, date } = forecasts;
  const chosenOn = orders.columns.signal_date.at(-1);
  const score = new Map(
    symbol.flatMap((key, row): [string, number][] => (date[row] === chosenOn ? [[key, scoreOf(forecasts, row)]] : [])),
  );
  const { columns } = positions;
  return columns.symbol
    .map((key, i) => ({
      symbol: key,
      name: names.get(key) ?? '',
      weight: columns.weight[i],
      score: score.get(key) ?? Number.NaN,
    }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, HOLDINGS_SHOWN);
}
