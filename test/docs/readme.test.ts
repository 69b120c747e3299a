import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map((match) => match[1]);
}

const node = (...args: string[]) => spawnSync(process.execPath, args, { encoding: 'utf8', cwd: root });

describe('README', () => {
  const lines = blocks('sh')
    .join('\n')
    .split('\n')
    .filter((line) => line.startsWith('candlenet '))
    .map((line) => line.replace(/ #.*/, '').trim());

  it.each(lines)('`%s` names a command and options that exist', (line) => {
    const words = line.split(/\s+/).slice(1);
    const names = words[0] === 'import' ? words.slice(0, 2) : words.slice(0, 1);
    const { status, stdout } = node('dist/cli/main.js', ...names, '--help');
    expect(status).toBe(0);
    for (const option of words.filter((word) => word.startsWith('--'))) expect(stdout).toContain(option);
  });

  it('names in its table every command there is', () => {
    const { stdout } = node('dist/cli/main.js', '--help');
    const listed = stdout.split('Commands:\n')[1].split('\n\n')[0];
    const commands = [...listed.matchAll(/^ {2}(\w+) .*/gm)].map((match) => match[1]).filter((name) => name !== 'help');
    expect(commands.length).toBeGreaterThan(5);
    for (const command of commands) expect(readme).toContain(`\`candlenet ${command}`);
  });
});
