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
  mkdirSync(join(root, 'dist', 'runtime', 'kernels'), { recursive: true });
  step('kernels', ['src/runtime/kernels/assembly'], () =>
    run(bin('asc'), [
      'src/runtime/kernels/assembly/index.ts',
      '--outFile',
      'dist/runtime/kernels/kernels.wasm',
      '-O3',
      '--noAssert',
      '--runtime',
      'stub',
      '--enable',
      'simd',
      '--enable',
      'threads',
      '--importMemory',
      '--sharedMemory',
      '--initialMemory',
      '1',
      '--maximumMemory',
      '16384',
    ]),
  );
  step('typescript', ['src', 'tsconfig.json', 'tsconfig.build.json'], () => {
    run(bin('tsc'), ['-p', 'tsconfig.build.json']);
    const entry = join(root, 'dist', 'cli', 'main.js');
    if (existsSync(entry)) chmodSync(entry, 0o755);
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) build();
