import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PREDICTIONS_SCHEMA } from '../../src/experiment/pipeline/forecast.js';
import { readParquet } from '../../src/tables/index.js';
import { decodeCheckpoint } from '../../src/training/checkpoint.js';
import { candlenet, candlenetKilledWhen, createWorkbench, smallConfig } from './workbench.js';

/** Epochs of a second or two, with a checkpoint as often as the loop looks: five times a second. */
const CONFIG = smallConfig()
  .replace('filters: [8, 8], hidden: 8', 'filters: [64, 64], hidden: 128')
  .replace('batchSize: 32', 'batchSize: 8')
  .replace('maxEpochs: 4', 'maxEpochs: 3, checkpointMinutes: 0.0001');

const bench = createWorkbench();
afterAll(bench.remove);

interface Summary {
  readonly id: string;
  readonly folder: string;
  readonly artefacts: Readonly<Record<string, string>>;
}

let config: string;
let whole: Summary;

function finish(runs: string, file = config): Summary {
  const result = candlenet('run', file, '--json', '--runs', runs);
  expect(result.stderr).not.toContain('candlenet:');
  expect(result.status).toBe(0);
  return JSON.parse(result.stdout) as Summary;
}

const bytes = (run: Summary, name: string) => readFileSync(join(run.folder, name));
const forecasts = (run: Summary) => readParquet(join(run.folder, 'predictions.parquet'), PREDICTIONS_SCHEMA);

/** What a report says of its making and not of its results: the run's id, wall times and memory, how often it was looked at. */
function reportOf(run: Summary): unknown {
  const data = JSON.parse(bytes(run, 'report-data.json').toString()) as { provenance: Record<string, unknown> };
  const { runId, timings, trainingSamplesPerSecond, peakMemoryBytes, timesTestOpened, ...rest } = data.provenance;
  // The commit may move while a test runs; what was built is in the experiment's hash.
  const environment = (rest.environment as { name: string }[]).filter(({ name }) => name !== 'commit');
  return { ...data, provenance: { ...rest, environment } };
}

async function expectSameBits(run: Summary): Promise<void> {
  expect(bytes(run, 'model.onnx').equals(bytes(whole, 'model.onnx'))).toBe(true);
  expect(await forecasts(run)).toEqual(await forecasts(whole));
  expect(bytes(run, 'metrics.json').equals(bytes(whole, 'metrics.json'))).toBe(true);
  expect(reportOf(run)).toEqual(reportOf(whole));
  expect(run.artefacts).toEqual(whole.artefacts);
}

/** Kills a run in the middle of an epoch of its network and gives the path of the checkpoint it left. */
async function killedInMidEpoch(runs: string): Promise<string> {
  const folder = () => join(runs, readdirSync(runs)[0], 'checkpoints', 'network');
  const path = () => join(folder(), 'checkpoint.bin');
  const inMidEpoch = () => {
    if (!existsSync(runs) || readdirSync(runs).length === 0 || !existsSync(path())) return false;
    return decodeCheckpoint(readFileSync(path()), path()).step > 0;
  };
  await candlenetKilledWhen(inMidEpoch, 'run', config, '--runs', runs);
  expect(decodeCheckpoint(readFileSync(path()), path())).toMatchObject({ finished: false });
  expect(existsSync(join(folder(), '..', '..', 'report.html'))).toBe(false);
  return path();
}

beforeAll(() => {
  const synth = candlenet('synth', '--store', bench.path('store'), '--symbols', '16', '--days', '480', '--seed', '5');
  expect(synth.status).toBe(0);
  config = bench.write('small.yaml', CONFIG);
  whole = finish(bench.path('runs'));
});

describe('the same configuration, seed and workers', () => {
  it('give the same bits of weights, forecasts, measures and report, in another folder', async () => {
    await expectSameBits(finish(bench.path('again')));
  });

  it('give the same bits however often a checkpoint is made', async () => {
    const rarely = bench.write('rarely.yaml', CONFIG.replace('checkpointMinutes: 0.0001', 'checkpointMinutes: 60'));
    const run = finish(bench.path('rarely'), rarely);
    expect(run.id).toBe(whole.id);
    expect(run.artefacts).toEqual(whole.artefacts);
  });
});

describe('a run killed outright (kill -9) in mid-epoch', () => {
  it('resumes by the same command and ends with the bits of one that never stopped', async () => {
    const runs = bench.path('killed');
    const checkpoint = await killedInMidEpoch(runs);
    // What a kill between writing and renaming leaves behind.
    writeFileSync(`${checkpoint}.tmp-1-0badf00d`, 'half a check');
    const resumed = finish(runs);
    expect(resumed.id).toBe(whole.id);
    await expectSameBits(resumed);
    expect(existsSync(join(resumed.folder, 'checkpoints'))).toBe(false);
  });

  it('is refused with one line where its checkpoint is damaged, and starts anew once that is deleted', async () => {
    const runs = bench.path('damaged');
    const checkpoint = await killedInMidEpoch(runs);
    truncateSync(checkpoint, 5000);
    const { status, stderr } = candlenet('run', config, '--runs', runs);
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /candlenet: .*checkpoint\.bin: found 5000 bytes instead of \d+, .*delete it \[FILE_UNREADABLE\]\n$/,
    );
    rmSync(checkpoint);
    await expectSameBits(finish(runs));
  });

  it('says so where the checkpoint is not one', () => {
    const runs = bench.path('foreign');
    mkdirSync(join(runs, whole.id, 'checkpoints', 'network'), { recursive: true });
    writeFileSync(join(runs, whole.id, 'checkpoints', 'network', 'checkpoint.bin'), 'not a checkpoint\nat all\n');
    const { status, stderr } = candlenet('run', config, '--runs', runs);
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /found an unreadable header, expected a whole training checkpoint; delete it \[FILE_UNREADABLE\]\n$/,
    );
  });
});

describe('a provider that is not to be had', () => {
  it('is refused where there is none of that name', () => {
    const { status, stderr } = candlenet('run', config, '--provider', 'tpu');
    expect(status).toBe(2);
    expect(stderr).toMatch(/--provider: found "tpu", expected one of cpu, webgpu, cuda, auto \[ARGUMENT_INVALID\]/);
  });

  it.each(['cuda', 'webgpu'])(
    '%s is named in one line; the CPU gives its own bits and the report says so',
    (provider) => {
      const quick = bench.write('quick.yaml', smallConfig().replace('maxEpochs: 4', 'maxEpochs: 1'));
      const run = (...args: string[]) => candlenet('run', quick, '--json', '--runs', bench.path(provider), ...args);
      const { status, stderr, stdout } = run('--provider', provider);
      expect(status).toBe(0);
      const notes = stderr.split('\n').filter((line) => line !== '' && !/^ {2}[✓◦] /.test(line));
      const fallen = JSON.parse(stdout) as Summary;
      const report = readFileSync(join(fallen.folder, 'report.html'), 'utf8');
      const words = `provider ${provider} is not available here`;
      // On a machine that has it there is nothing to say.
      if (notes.length === 0) return expect(report).not.toContain(words);
      expect(notes).toHaveLength(1);
      expect(notes[0]).toMatch(new RegExp(`^ {2}! ${words} \\(.*\\); running on cpu$`));
      expect(report).toContain(words);
      expect((JSON.parse(run().stdout) as Summary).artefacts).toEqual(fallen.artefacts);
    },
  );
});
