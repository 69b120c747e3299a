import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { candlenetVersion } from '../../util/index.js';

/** Where a run was made. Another machine kind or version may give other bits; the report shows it for that reason. */
export interface Environment {
  readonly candlenet: string;
  readonly node: string;
  readonly onnxruntime: string;
  readonly duckdb: string;
  readonly platform: string;
  readonly processor: string;
  readonly git: { readonly commit: string; readonly dirty: boolean } | null;
}

const packageRoot = join(dirname(fileURLToPath(import.meta.url)), '../../..');

function versionOf(path: string): string {
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}

function dependencyVersion(name: string): string {
  const search = createRequire(import.meta.url).resolve.paths(name) ?? [];
  for (const folder of search) {
    try {
      return versionOf(join(folder, name, 'package.json'));
    } catch {
      // Not installed in this one of Node's folders: the next may have it.
    }
  }
  return 'unknown';
}

/** The commit of the checkout candlenet runs from; null for an installed package. */
function gitState(): Environment['git'] {
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', packageRoot, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    if (git('rev-parse', '--show-prefix') !== '') return null;
    return { commit: git('rev-parse', 'HEAD'), dirty: git('status', '--porcelain', '--untracked-files=no') !== '' };
  } catch {
    return null;
  }
}

export function describeEnvironment(): Environment {
  return {
    candlenet: candlenetVersion,
    node: process.versions.node,
    onnxruntime: dependencyVersion('onnxruntime-node'),
    duckdb: dependencyVersion('@duckdb/node-api'),
    platform: `${process.platform}-${process.arch}`,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    git: gitState(),
  };
}

/**
 * What the code is: a hash of the sources it was built from, so that a run is never finished by other code than began it.
 * The version where there is no build, as under the test runner.
 */
export function buildStamp(): string {
  const path = join(packageRoot, 'dist', '.typescript.stamp');
  return existsSync(path) ? readFileSync(path, 'utf8') : candlenetVersion;
}
