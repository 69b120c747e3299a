import type { MarketStore } from '../../market/index.js';
import { CandlenetError, candlenetVersion, type Day, formatDay, silentProgress } from '../../util/index.js';
import { breathe, type Services } from '../services.js';
import type { AuditedPipeline, PipelineBuild } from './artefact.js';
import {
  artefactHash,
  type FutureKind,
  firstDifference,
  type LeakCertificate,
  type Recomputation,
} from './certificate.js';
import { checkDeclared } from './check-declared.js';
import { checkSource } from './check-source.js';
import { chooseCuts } from './choose-cuts.js';
import { compareKnown } from './compare.js';
import { noisyStore } from './noisy-store.js';
import { truncatedStore } from './truncated-store.js';

export interface AuditOptions extends Partial<Services> {
  /** Days at whose close the future is removed; by default five spread over the store, chosen by the seed. */
  readonly cuts?: readonly Day[];
  /** Of the cuts and of the noise. Default 1. */
  readonly seed?: number;
}

/**
 * Builds a pipeline on the whole store, then twice for each cut without the future: once with it removed, once with it
 * turned to noise. All that was known by the cut must come out the same bits. What recomputation cannot see is judged by
 * where it comes from. The verdict is `looks-ahead` when any cell differs or any check of provenance fails.
 * @throws ARGUMENT_INVALID when no cut lies before the store's last session; whatever the pipeline throws
 */
export async function auditPipeline(
  pipeline: AuditedPipeline,
  store: MarketStore,
  options: AuditOptions = {},
): Promise<LeakCertificate> {
  const { seed = 1, progress = silentProgress, signal } = options;
  const sessions = await store.readCalendar({ asOf: store.lastDay });
  const cuts = checkCuts(options.cuts ?? chooseCuts(sessions, { seed }), store);
  const task = progress.start('Leak audit', 1 + 2 * cuts.length, 'builds');
  let built = 0;
  const whole = await pipeline.build(store);
  checkNames(whole, pipeline.name);
  task.update(++built);
  const recomputations: Recomputation[] = [];
  for (const cut of cuts) {
    for (const future of ['removed', 'noise'] as const) {
      await breathe(signal);
      const other = future === 'removed' ? await truncatedStore(store, cut) : await noisyStore(store, cut, seed);
      recomputations.push(recomputation(whole, await pipeline.build(other, cut), cut, future));
      task.update(++built);
    }
  }
  const provenance = [...checkDeclared(whole.provenance), ...(await checkSource(store, whole.provenance?.index))];
  const first = firstDifference(
    recomputations,
    whole.artefacts.map(({ name }) => name),
  );
  task.end();
  return {
    format: 'candlenet-leak-certificate',
    schemaVersion: 1,
    candlenet: candlenetVersion,
    pipeline: pipeline.name,
    store: { title: store.manifest.title, contentHash: store.manifest.contentHash },
    seed,
    cuts,
    artefacts: whole.artefacts.map((artefact) => ({
      name: artefact.name,
      columns: artefact.columns.length,
      hash: artefactHash(artefact),
      cells: recomputations.reduce((sum, { cells }) => sum + (cells[artefact.name] ?? 0), 0),
    })),
    recomputations,
    provenance,
    verdict: first === null && provenance.every(({ status }) => status !== 'fail') ? 'clean' : 'looks-ahead',
    first,
  };
}

function recomputation(whole: PipelineBuild, again: PipelineBuild, cut: Day, future: FutureKind): Recomputation {
  const made = new Map(again.artefacts.map((artefact) => [artefact.name, artefact]));
  const cells: Record<string, number> = {};
  const differences = whole.artefacts.flatMap((artefact) => {
    const other = made.get(artefact.name);
    if (!other) return [];
    const comparison = compareKnown(artefact, other, cut, future === 'removed');
    cells[artefact.name] = comparison.cells;
    return comparison.differences;
  });
  return { cut, future, cells, differences };
}

function checkCuts(cuts: readonly Day[], { firstDay, lastDay, dir }: MarketStore): readonly Day[] {
  const outside = cuts.find((cut) => cut < firstDay || cut >= lastDay);
  if (cuts.length > 0 && outside === undefined) return cuts;
  const found = outside === undefined ? 'none' : formatDay(outside);
  const span = `${formatDay(firstDay)} up to the session before ${formatDay(lastDay)}`;
  throw new CandlenetError('ARGUMENT_INVALID', `${dir}: cuts: found ${found}, expected days from ${span}`);
}

/** @throws ARGUMENT_INVALID for artefacts of one name, or whose values do not fit their grid */
function checkNames({ artefacts }: PipelineBuild, pipeline: string): void {
  const names = new Set<string>();
  for (const { name, symbols, dates, columns, values } of artefacts) {
    const cells = symbols.length * dates.length * columns.length;
    if (!names.has(name) && values.length === cells) names.add(name);
    else {
      const found = names.has(name) ? 'the name twice' : `${values.length} values`;
      const expected = `one artefact of that name with ${symbols.length} × ${dates.length} × ${columns.length} values`;
      throw new CandlenetError('ARGUMENT_INVALID', `${pipeline}: ${name}: found ${found}, expected ${expected}`);
    }
  }
}
