import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  auditPipeline,
  chooseCuts,
  configPipeline,
  type LeakCertificate,
  lastFoldAsStatic,
  parseConfig,
  type prepareExperiment,
} from '../../src/experiment/index.js';
import { generateMarket, type MarketStore, openMarketStore, writeMarketStore } from '../../src/market/index.js';
import { modelByName } from '../../src/models/index.js';
import {
  buildInferenceModel,
  buildTrainingProgram,
  initialParams,
  initialState,
  planUpdates,
} from '../../src/training/index.js';
import { parseDay } from '../../src/util/index.js';

const folder = mkdtempSync(join(tmpdir(), 'candlenet-audit-'));
afterAll(() => rmSync(folder, { recursive: true }));

const split = {
  train: ['2016-01-04', '2016-12-30'],
  validate: ['2017-01-02', '2017-05-31'],
  test: ['2017-06-01', '2017-10-31'],
} as const;
const settings = {
  market: { store: 'unused', index: 'synthetic' },
  split,
  training: { workers: 1 },
  portfolio: { k: 4, maxTurnover: 0.5 },
  risk: { stopLoss: {}, volatilityTarget: { target: 0.15 } },
};
const config = parseConfig(settings, 'leak audit test');
/** Two networks that learn on month by month, weighed by what has become known of their forecasts. */
const learning = parseConfig(
  { ...settings, ensemble: { members: 2, halfLifeDays: 5 }, online: {} },
  'leak audit test, ensemble and updates',
);

type Prepared = Awaited<ReturnType<typeof prepareExperiment>>;

/** A network of random weights: where its inputs come from is what is audited, not what it learnt. */
function untrained(prepared: Prepared, seed: number): Uint8Array {
  const shape = { window: prepared.data.window, features: prepared.data.features, classes: 3 };
  const model = modelByName('cnn', {});
  const program = buildTrainingProgram(model, { ...shape, batch: 32 });
  const params = initialParams(program.params, program.paramCount, seed);
  const state = initialState(program.state, program.stateCount);
  return buildInferenceModel(model, shape, params, state, {
    modelName: 'cnn',
    window: shape.window,
    features: prepared.panel.columns.map(({ name }) => name),
    classes: ['buy', 'hold', 'sell'],
    scaler: { mean: prepared.scaler.mean, std: prepared.scaler.std, clip: 5 },
  });
}

const lone = async (prepared: Prepared) => {
  const onnx = untrained(prepared, 1);
  const networks = [{ from: -1, read: () => onnx }];
  return [{ ranges: prepared.fold.test.map((test) => ({ test, networks })), validationLoss: 1 }];
};

const several = async (prepared: Prepared) =>
  [1, 2].map((member) => ({
    validationLoss: 1,
    ranges: planUpdates(prepared.bars.dates, prepared.fold, 'month', prepared.labels.reachDays).map(
      ({ test, updates }) => ({
        test,
        networks: [-1, ...updates.map(({ session }) => session)].map((from) => {
          const onnx = untrained(prepared, 1000 * member + from);
          return { from, read: () => onnx };
        }),
      }),
    ),
  }));

let store: MarketStore;
let certificate: LeakCertificate;
let certificateOfLearning: LeakCertificate;
beforeAll(async () => {
  const dir = join(folder, 'store');
  await writeMarketStore(dir, generateMarket({ kind: 'planted', symbols: 14, days: 480, seed: 2 }));
  store = await openMarketStore(dir);
  const periods = Object.values(split).map(([from, to]) => ({ from: parseDay(from), to: parseDay(to) }));
  const sessions = await store.readCalendar({ asOf: parseDay(split.test[1]) });
  const cuts = chooseCuts(sessions, { count: 3, seed: 5, periods });
  const audit = (own: typeof config, networks: typeof lone) =>
    auditPipeline(configPipeline(lastFoldAsStatic(own, sessions), networks), store, { cuts, seed: 5 });
  certificate = await audit(config, lone);
  certificateOfLearning = await audit(learning, several);
});

describe('the leak audit of an honest experiment', () => {
  it('raises no alarm', () => {
    expect(certificate.recomputations.flatMap(({ differences }) => differences)).toEqual([]);
    expect(certificate.provenance.filter(({ status }) => status === 'fail')).toEqual([]);
    expect(certificate.verdict).toBe('clean');
  });

  it('has compared every artefact, from the features to the fills, without its future', () => {
    expect(certificate.artefacts.map(({ name }) => name)).toEqual([
      'universe',
      'features',
      'masks',
      'labels',
      'forward returns',
      'scaler',
      'standardised features',
      'sample counts',
      'training inputs',
      'weights',
      'forecasts',
      'target weights',
      'orders',
      'fills',
    ]);
    for (const { name, cells } of certificate.artefacts) expect(cells, name).toBeGreaterThan(0);
  });

  it('has judged what the pipeline says of its trades, boundaries and fits', () => {
    const status = Object.fromEntries(certificate.provenance.map(({ check, status }) => [check, status]));
    expect(status).toMatchObject({ 'trade-after-signal': 'pass', 'label-purge': 'pass', 'fitted-on-training': 'pass' });
  });
});

describe('the leak audit of networks that learn on and are weighed by their past', () => {
  it('raises no alarm, and has compared updates and weights without their future', () => {
    expect(certificateOfLearning.recomputations.flatMap(({ differences }) => differences)).toEqual([]);
    expect(certificateOfLearning.verdict).toBe('clean');
    const cells = Object.fromEntries(certificateOfLearning.artefacts.map(({ name, cells }) => [name, cells]));
    for (const name of ['update inputs', 'ensemble weights', 'forecasts']) expect(cells[name], name).toBeGreaterThan(0);
  });

  it('says until when each update has learnt, and that no label reaches beyond its session', () => {
    const detail = (check: string) => certificateOfLearning.provenance.find((finding) => finding.check === check);
    // July's first session is the third; labels reach six sessions.
    expect(detail('fitted-on-training')).toMatchObject({
      status: 'pass',
      detail: expect.stringContaining('update 2017-07-03: 2016-01-04 … 2017-06-23'),
    });
    expect(detail('label-purge')).toMatchObject({
      status: 'pass',
      detail: expect.stringContaining('update 2017-10-09 ends 7 before'),
    });
  });
});
