import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { createWorkbench, root } from './workbench.js';

const bench = createWorkbench();
afterAll(bench.remove);

const built = (room: string) => JSON.stringify(pathToFileURL(join(root, 'dist', room, 'index.js')).href);
const GRAPH = `import { Graph, relu, reshape } from ${built('tensor')};
const graph = (n) => ({ probabilities: reshape(relu(new Graph().input('x', [n, 1, 1])), [n, 1]) });
`;
const PROGRAMS = {
  'its own thread': `${GRAPH}import { compile } from ${built('runtime')};
const compiled = await compile(graph(1));
await compiled.run({ x: [1] });
await compiled.close();`,
  'a worker': `${GRAPH}import { loadInference, predictRows, startWorkerPool } from ${built('runtime')};
import { lower } from ${built('onnx')};
const pool = startWorkerPool(1);
const values = new Float32Array(new SharedArrayBuffer(4));
const source = { values, window: 1, features: 1 };
await loadInference(pool, lower(graph(256), { name: 'graph' }), source, 1, 'cpu');
await predictRows(pool, new Int32Array(256), 1);
await pool.close();`,
};

// ONNX Runtime keeps to itself under a test runner and in CI, by these variables; a user's machine has none of them.
const QUIETING = /^(CI|TF_BUILD|GITHUB_|GITLAB_|JENKINS_|BUILD_|TEAMCITY|TRAVIS|CIRCLECI|VITEST|ORT_)/;

it.each(Object.entries(PROGRAMS))('ONNX Runtime leaves and sends nothing of what is run on %s', (name, program) => {
  const main = bench.write(`${name}.mjs`, program);
  const home = bench.path(`home of ${name}`);
  mkdirSync(home);
  const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !QUIETING.test(key)));
  const { status, stderr } = spawnSync(process.execPath, [main], {
    encoding: 'utf8',
    cwd: home,
    env: { ...env, HOME: home, XDG_CACHE_HOME: home, TMPDIR: home },
  });
  expect([status, stderr]).toEqual([0, '']);
  expect(readdirSync(home)).toEqual([]);
});
