// Builds `dist/`: the WebAssembly kernels, then the TypeScript. Skips either when nothing it reads has changed.

import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, run } from './bootstrap.mjs';

const bin = (name) => join(root, 'node_modules', '.bin', name);

function files(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => files(join(path, name)));
}

function fingerprint(paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap((p) => files(join(root, p)))) hash.update(path).update(readFileSync(path));
  return hash.digest('hex');
}

function step(name, inputs, build) {
  const stampFile = join(root, 'dist', `.${name}.stamp`);
  const stamp = fingerprint([...inputs, 'package-lock.json', 'scripts/build.mjs']);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  rmSync(stampFile, { force: true });
  build();
  writeFileSync(stampFile, stamp);
}

export function build() {
  for (const room of ['runtime', 'indicators', 'baselines'])
    mkdirSync(join(root, 'dist', room, 'kernels'), { recursive: true });
  const assemble = (room, flags) =>
    run(bin('asc'), [
      `src/${room}/kernels/assembly/index.ts`,
      '--outFile',
      `dist/${room}/kernels/kernels.wasm`,
      '-O3',
      '--noAssert',
      '--runtime',
      'stub',
      '--enable',
      'simd',
      // Values of type v128 pass between the kernels only.
      '--disableWarning',
      '112',
      ...flags,
    ]);
  const shared = ['--enable', 'threads', '--importMemory', '--sharedMemory'];
  const pages = ['--initialMemory', '1', '--maximumMemory', '16384'];
  step('kernels', ['src/runtime/kernels/assembly'], () => assemble('runtime', [...shared, ...pages]));
  step('indicator-kernels', ['src/indicators/kernels/assembly'], () => assemble('indicators', pages));
  const far = ['--initialMemory', '1', '--maximumMemory', '65536'];
  step('baseline-kernels', ['src/baselines/kernels/assembly'], () => assemble('baselines', [...shared, ...far]));
  step('typescript', ['src', 'tsconfig.json', 'tsconfig.build.json'], () => {
    run(bin('tsc'), ['-p', 'tsconfig.build.json']);
    const entry = join(root, 'dist', 'cli', 'main.js');
    if (existsSync(entry)) chmodSync(entry, 0o755);
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) build();
