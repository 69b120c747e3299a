import { NO_LABEL, type Panel, type SampleCounts } from '../../features/index.js';
import type { MarketStore } from '../../market/index.js';
import { spanOf } from '../../training/index.js';
import { CandlenetError, type Day, formatDay, parseDay, sha256, silentProgress } from '../../util/index.js';
import { makeLabels } from '../pipeline/labels.js';
import { type MarketInputs, rawPanel, readInputs } from '../pipeline/market-inputs.js';
import { type Prepared, prepare } from '../pipeline/prepare.js';
import type { StaticExperiment } from '../pipeline/split-plan.js';
import type { KnownMember } from '../pipeline/subject/known-members.js';
import type { Artefact, AuditedPipeline, PipelineBuild } from './artefact.js';
import { hashWords, interleave, onDay } from './grids.js';
import { boundariesOf, scalerFit } from './prepared-provenance.js';
import { tradingArtefacts } from './trading-artefacts.js';
import { trainingInputs } from './training-inputs.js';
import { plannedUpdates, updateInputs } from './update-inputs.js';

/** Trains on the samples of a market, and gives the networks: one, or the members of an ensemble, each with its updates. */
export type FitNetworks = (prepared: Prepared) => Promise<readonly KnownMember[]>;

/**
 * An experiment's own pipeline, as its run walks it: features, masks, universe and labels at every close; and for its fold
 * the scaler, the standardised inputs, what training reads, the weights, forecasts, target weights, orders and fills.
 * @param fitNetworks null leaves out the networks and what follows from it. It is asked once: where what training reads has the same
 * hash its weights are the same, and where it has not, that is the failure.
 */
export function configPipeline(
  config: StaticExperiment,
  fitNetworks: FitNetworks | null,
  signal?: AbortSignal,
): AuditedPipeline {
  let reference: { readonly inputs: string; readonly members: readonly KnownMember[] } | null = null;
  const services = { progress: silentProgress, signal };
  const testFrom = parseDay(config.split.test[0], 'split.test');
  const testTo = parseDay(config.split.test[1], 'split.test');
  const trainTo = parseDay(config.split.train[1], 'split.train');

  async function build(store: MarketStore, knownBy?: Day): Promise<PipelineBuild> {
    const end = Math.min(testTo, store.lastDay);
    const inputs = await readInputs(config, store, end);
    const raw = await rawPanel(config, inputs, silentProgress);
    const artefacts = causalArtefacts(config, inputs, raw);
    // Before the training ended nothing of the fold is known; without a session of the test there is no fold to build.
    if (knownBy !== undefined && (knownBy < trainTo || end < testFrom)) return { artefacts };
    const prepared = await prepareFold(config, store, knownBy === undefined ? testTo : end, knownBy !== undefined);
    if (prepared === null) return { artefacts };
    const hash = trainingInputs(prepared);
    artefacts.push(...foldArtefacts(prepared, hash));
    const updates = plannedUpdates(prepared, config);
    if (updates.length > 0) artefacts.push(updateInputs(updates));
    const provenance = {
      index: config.market.index,
      boundaries: [...boundariesOf(prepared), ...updates.map(({ boundary }) => boundary)],
      fits: [scalerFit(prepared, raw), ...updates.map(({ fit }) => fit)],
    };
    if (fitNetworks === null) return { artefacts, provenance };
    if (knownBy === undefined) reference = { inputs: hash, members: await fitNetworks(prepared) };
    if (reference === null || reference.inputs !== hash) return { artefacts, provenance };
    const { members } = reference;
    const trained = members.map(({ ranges }) => ranges[0].networks[0].read());
    artefacts.push({ name: 'weights', ...onDay(fitDay(prepared)), ...hashWords(sha256(...trained)) });
    if (knownBy !== undefined && knownBy < testFrom) return { artefacts, provenance };
    const traded = await tradingArtefacts(prepared, config, members, services);
    artefacts.push(...traded.artefacts);
    return { artefacts, provenance: { ...provenance, trades: traded.trades } };
  }
  return { name: config.name, build };
}

/** Null where noise or a cut early in the test leaves a period without a sample. */
async function prepareFold(
  config: StaticExperiment,
  store: MarketStore,
  end: Day,
  again: boolean,
): Promise<Prepared | null> {
  const test: [string, string] = [config.split.test[0], formatDay(end)];
  try {
    return await prepare({ ...config, split: { ...config.split, test } }, store);
  } catch (error) {
    if (again && error instanceof CandlenetError && error.code === 'SAMPLES_EMPTY') return null;
    throw error;
  }
}

/** What is known at each close without any fold, and the labels with their reach. */
function causalArtefacts(config: StaticExperiment, { bars, universe }: MarketInputs, raw: Panel): Artefact[] {
  const labels = makeLabels(bars, config.label, universe);
  const { symbols, dates } = bars;
  const grid = { symbols, dates };
  const { columns, values, complete, traded } = raw;
  return [
    { name: 'universe', ...grid, columns: ['member'], values: universe, absent: 0 },
    { name: 'features', ...grid, columns: columns.map(({ name }) => name), values },
    { name: 'masks', ...grid, columns: ['complete', 'traded'], values: interleave([complete, traded]), absent: 0 },
    {
      name: 'labels',
      ...grid,
      ...(labels.target
        ? { columns: ['number'], values: labels.target }
        : { columns: ['class'], values: labels.classes, absent: NO_LABEL }),
      reach: labels.reachDays,
    },
    {
      name: 'forward returns',
      ...grid,
      columns: ['return'],
      values: labels.forwardReturn,
      reach: labels.reachDays,
    },
  ];
}

/** The session by whose open the last label that training reads is known. */
function fitDay({ bars, fold, labels }: Prepared): Day {
  return bars.dates[fold.validate.last + labels.reachDays];
}

function foldArtefacts(prepared: Prepared, hash: string): Artefact[] {
  const { bars, fold, scaler, panel, counts } = prepared;
  const trained = bars.dates[spanOf(fold.train).last];
  const { symbols, dates, values } = panel;
  const columns = panel.columns.map(({ name }) => name);
  const statistics = ['mean', 'std', 'count'] as const;
  return [
    {
      name: 'scaler',
      ...onDay(trained),
      columns: columns.flatMap((name) => statistics.map((statistic) => `${name} ${statistic}`)),
      values: Float64Array.from(columns.flatMap((_, k) => statistics.map((statistic) => scaler[statistic][k]))),
    },
    { name: 'standardised features', symbols, dates, columns, values, absent: 0, knownFrom: trained },
    { name: 'sample counts', ...onDay(fitDay(prepared)), ...countsRow(counts) },
    { name: 'training inputs', ...onDay(fitDay(prepared)), ...hashWords(hash) },
  ];
}

function countsRow({ train, validation }: Prepared['counts']): Pick<Artefact, 'columns' | 'values'> {
  const rows = Object.entries({ train, validation }).flatMap(([name, counts]: [string, SampleCounts]) => {
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    // Instruments that list later stand outside the universe throughout; how many there are is not known.
    return [
      [`${name} kept`, counts.kept],
      [`${name} dropped inside the universe`, total - counts.kept - counts.outsideUniverse],
    ] as const;
  });
  return { columns: rows.map(([name]) => name), values: Float64Array.from(rows, ([, count]) => count) };
}
