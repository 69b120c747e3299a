import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { createWorkbench, root } from './workbench.js';

const bench = createWorkbench();
afterAll(bench.remove);

const built = (room: string) => JSON.stringify(pathToFileURL(join(root, 'dist', room, 'index.js')).href);

/** A user's model with a mistake on line 9: the last step's 4 channels meet a kernel of 5 rows. */
const MODEL = `import { defineModel } from ${built('models')};
import { Scope } from ${built('nn')};
import { matmul, reshape, slice } from ${built('tensor')};

export const mine = defineModel({
  name: 'mine', defaults: {},
  build: (scope, x, classes) => {
    const kernel = scope.param('kernel', [5, classes], { kind: 'constant', value: 0 });
    return matmul(reshape(slice(x, 1, 7, 1), [x.shape[0], 4]), kernel);
  },
});
`;

const MAIN = `import { buildTrainingProgram } from ${built('training')};
import { mine } from './model.mjs';
try {
  buildTrainingProgram(mine(), { batch: 2, window: 8, features: 4, classes: 3 });
} catch (error) {
  console.log(error.code, error.message);
}
`;

/** Runs the user's program from a folder of their own and gives what it prints. */
function said(folder: string, ...flags: string[]): string {
  mkdirSync(bench.path(folder), { recursive: true });
  bench.write(join(folder, 'model.mjs'), MODEL);
  const main = bench.write(join(folder, 'main.mjs'), MAIN);
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, main], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout;
}

describe('a mistake in a user’s model', () => {
  // Folders that are called as ours are, and what a path may hold.
  it.each([
    ['project', []],
    ['src/nn', []],
    ['dist/tensor', []],
    ['my models (2) ü', []],
    ['mapped/nn', ['--enable-source-maps']],
  ])('in %s is told with the operation, the shapes and the line', (folder, flags) => {
    const text = said(folder, ...flags);
    const words = 'GRAPH_INVALID matmul(float32[2,4], float32[5,3]), built at';
    expect(text).toBe(`${words} ${bench.path(folder, 'model.mjs')}:9:12: inner lengths 4 and 5 differ\n`);
  });

  it('is told with its line when it gives something else than logits', () => {
    bench.write('model.mjs', MODEL.replace('[5, classes]', '[4, 7]'));
    const { stdout } = spawnSync(process.execPath, [bench.write('main.mjs', MAIN)], { encoding: 'utf8' });
    const file = bench.path('model.mjs');
    expect(stdout).toBe(
      `GRAPH_INVALID model mine: gives float32[2,7], built at ${file}:9:12; expected logits float32[2,3]\n`,
    );
  });

  it('is blamed on the user’s line also when one of our layers finds it', () => {
    const layer = `import { conv1d, Scope, sequenceOf } from ${built('nn')};
      import { Graph } from ${built('tensor')};
      const scope = new Scope(new Graph(), { mode: 'training' });
      const sequence = sequenceOf(scope, scope.graph.input('x', [2, 8, 4]));
      conv1d(scope.child('a'), sequence, { filters: 3, width: 3 });
      try { conv1d(scope.child('a'), sequence, { filters: 3, width: 3 }); } catch (error) { console.log(error.message); }`;
    const file = bench.write('layer.mjs', layer);
    const { stdout } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
    expect(stdout).toBe(`input "a.kernel", built at ${file}:6:13: the name is taken\n`);
  });

  it('is told from code that has no file', () => {
    const code = `const { Graph, add } = await import(${built('tensor')}); const g = new Graph();
      try { add(g.input('a', [2]), g.input('b', [3])); } catch (error) { console.log(error.message); }`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], { encoding: 'utf8' });
    expect(stdout).toMatch(/^add\(float32\[2\], float32\[3\]\), built at .*\[eval1\]:2:13: shapes do not broadcast\n$/);
  });
});
