import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readModelMetadata } from '../../src/onnx/index.js';
import { candlenet, createWorkbench, smallConfig } from './workbench.js';

const bench = createWorkbench();
afterAll(bench.remove);

const BASELINES = ['logistic', 'random-forest', 'gradient-boosting', 'svm', 'cnn', 'lstm'];

it('candlenet run fits every baseline that is asked for, and leaves each as a model to deploy', () => {
  const synth = candlenet('synth', '--store', bench.path('store'), '--symbols', '12', '--days', '480', '--seed', '5');
  expect(synth.status).toBe(0);
  const text = smallConfig(
    'baselines: { randomForest: { trees: 10, minSamplesLeaf: 20 }, gradientBoosting: { iterations: 15 }, svm: { exactUpTo: 100, components: 50 }, cnn: { filters: [4, 4], dense: 4 }, lstm: { hidden: 4 } }',
  );
  const config = bench.write('small.yaml', text.replace('maxEpochs: 4', 'maxEpochs: 1'));
  const result = candlenet('run', config, '--json', '--runs', bench.path('runs'));
  expect(result.stderr).not.toContain('candlenet:');
  const { folder, metrics, artefacts } = JSON.parse(result.stdout) as {
    folder: string;
    metrics: { models: Record<string, { role: string; parameters: number; classification: { samples: number } }> };
    artefacts: Record<string, string>;
  };
  const { trainingSeconds } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    trainingSeconds: Record<string, number>;
  };
  const whole = readModelMetadata(readFileSync(join(folder, 'model.onnx')));
  for (const id of BASELINES) {
    expect(metrics.models[id].role).toBe('baseline');
    expect(metrics.models[id].classification.samples).toBe(metrics.models['cnn-lstm'].classification.samples);
    expect(metrics.models[id].parameters).toBeGreaterThan(10);
    expect(trainingSeconds[id]).toBeGreaterThan(0);
    const path = `comparison/${id}/model.onnx`;
    expect(artefacts[path]).toMatch(/^[0-9a-f]{64}$/);
    expect(readModelMetadata(readFileSync(join(folder, path)))).toEqual({ ...whole, modelName: id });
  }
});
