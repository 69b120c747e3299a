import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const entry = join(root, 'dist', 'cli', 'main.js');

export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command line as a user would. */
export function candlenet(...args: readonly string[]): CliResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, [entry, ...args], { encoding: 'utf8', cwd: root });
  return { status, stdout, stderr };
}

/** Starts the command line, interrupts it (Ctrl-C) when its progress first shows `mark`, and waits for its end. */
export function candlenetInterruptedAt(mark: string, ...args: readonly string[]): Promise<CliResult> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [entry, ...args], { cwd: root });
    let stdout = '';
    let stderr = '';
    let sent = false;
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
      if (sent || !stderr.includes(mark)) return;
      sent = true;
      child.kill('SIGINT');
    });
    child.on('error', failed);
    child.on('close', (status) => done({ status, stdout, stderr }));
  });
}

/**
 * Starts the command line and kills it outright (SIGKILL) once `ready` holds, asked every few milliseconds. Throws when it
 * ends before that.
 */
export async function candlenetKilledWhen(ready: () => boolean, ...args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [entry, ...args], { cwd: root, stdio: 'ignore' });
  const ended = once(child, 'close');
  while (child.exitCode === null && !ready()) await new Promise((again) => setTimeout(again, 5));
  if (child.exitCode !== null) throw new Error(`candlenet ${args.join(' ')} ended before it could be killed`);
  child.kill('SIGKILL');
  await ended;
}

/** A folder of its own for one test file. */
export function createWorkbench() {
  const folder = mkdtempSync(join(tmpdir(), 'candlenet-e2e-'));
  return {
    folder,
    path: (...parts: readonly string[]) => join(folder, ...parts),
    write(name: string, text: string): string {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Every file below a folder with its content, to prove that nothing changed or was left behind. */
export function snapshot(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return Object.fromEntries(
    entries.map((file) => {
      const path = join(file.parentPath, file.name);
      return [path, readFileSync(path).toString('base64')];
    }),
  );
}

/** A small network on a small market: the whole path in seconds. */
export function smallConfig(overrides: string = ''): string {
  return `name: small
market: { store: store, index: synthetic }
split:
  train: [2016-01-04, 2016-12-30]
  validate: [2017-01-02, 2017-05-31]
  test: [2017-06-01, 2017-10-31]
model: { filters: [8, 8], hidden: 8, dense: 8, dropout: 0.2 }
training: { seed: 3, workers: 2, batchSize: 32, maxEpochs: 4, patience: 4 }
placebos: { randomPortfolios: 3 }
portfolio: { k: 4 }
${overrides}`;
}
