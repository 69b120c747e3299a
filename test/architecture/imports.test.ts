import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { IMPORT_RULES, KNOWS_STORE_FILES, OUTSIDE_RULES, READS_TO_THE_END } from './rules.js';

const source = resolve(dirname(fileURLToPath(import.meta.url)), '../../src');

interface Import {
  readonly file: string;
  readonly line: number;
  readonly target: string;
}

function typescriptFiles(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return name === 'assembly' ? [] : typescriptFiles(path);
    return name.endsWith('.ts') ? [path] : [];
  });
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const pattern =
    /(?:^|\n)\s*(?:import|export)\b[^;'"]*?from\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s+['"]([^'"]+)['"]/g;
  return [...text.matchAll(pattern)].map((match) => ({
    file: relative(source, file),
    line: text.slice(0, match.index).split('\n').length,
    target: match[1] ?? match[2] ?? match[3],
  }));
}

/** `market/synthetic/x.ts` → `market`; `dashboard/server/x.ts` → `dashboard/server`; `index.ts` → ``. */
function roomOf(path: string): string {
  const parts = path.split(sep);
  if (parts.length === 1) return '';
  return parts[0] === 'dashboard' ? `${parts[0]}/${parts[1]}` : parts[0];
}

const isTest = (file: string) =>
  file.endsWith('.test.ts') || file.endsWith('.contract.ts') || file.endsWith('.fixture.ts');
const files = typescriptFiles(source);
const imports = files.flatMap(importsOf);
const production = imports.filter(({ file }) => !isTest(file));

function resolved({ file, target }: Import): string {
  return relative(source, resolve(source, dirname(file), target)).replace(/\.js$/, '.ts');
}

const say = (violation: Import, why: string) =>
  `src/${violation.file}:${violation.line} imports ${violation.target}: ${why}`;

describe('the house', () => {
  it('has a rule for every room that exists', () => {
    const rooms = new Set(files.map((file) => roomOf(relative(source, file))).filter((room) => room !== ''));
    expect([...rooms].filter((room) => !(room in IMPORT_RULES))).toEqual([]);
  });

  it('lets a room import only the rooms below it', () => {
    const broken = production
      .filter(({ target }) => target.startsWith('.'))
      .flatMap((found) => {
        const from = roomOf(found.file);
        const to = roomOf(resolved(found));
        if (from === to || from === '' || to === 'util') return [];
        return IMPORT_RULES[from]?.includes(to)
          ? []
          : [say(found, `${from} may not import ${to || 'the library entry'}`)];
      });
    expect(broken).toEqual([]);
  });

  it('enters another room by its index.ts', () => {
    const broken = imports
      .filter(({ target }) => target.startsWith('.'))
      .filter((found) => roomOf(found.file) !== roomOf(resolved(found)))
      .filter((found) => !/(^|\/)index\.ts$/.test(resolved(found)))
      .map((found) => say(found, 'expected the other room’s index.ts'));
    expect(broken).toEqual([]);
  });

  it('keeps each outside package in the one room that owns it', () => {
    const broken = production
      .filter(({ target }) => !target.startsWith('.') && !target.startsWith('node:'))
      .flatMap((found) => {
        const name = found.target.startsWith('@')
          ? found.target.split('/').slice(0, 2).join('/')
          : found.target.split('/')[0];
        const owners = OUTSIDE_RULES[name];
        return owners?.includes(roomOf(found.file)) ? [] : [say(found, `only ${owners?.join(', ') ?? 'no room'} may`)];
      });
    expect(broken).toEqual([]);
  });

  it('has no cycle between files', () => {
    const graph = new Map<string, string[]>();
    for (const found of production.filter(({ target }) => target.startsWith('.'))) {
      graph.set(found.file, [...(graph.get(found.file) ?? []), resolved(found)]);
    }
    const state = new Map<string, 'open' | 'done'>();
    const cycles: string[] = [];
    const visit = (file: string, path: readonly string[]) => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        cycles.push([...path.slice(path.indexOf(file)), file].join(' → '));
        return;
      }
      state.set(file, 'open');
      for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
      state.set(file, 'done');
    };
    for (const file of graph.keys()) visit(file, []);
    expect(cycles).toEqual([]);
  });
});

describe('the habits', () => {
  const core = files.filter((file) => !isTest(file));

  function linesMatching(pattern: RegExp, allowed: (path: string) => boolean): string[] {
    return core.flatMap((file) => {
      const path = relative(source, file);
      if (allowed(path)) return [];
      return readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((text, i) =>
          pattern.test(text) && !/^\s*(\*|\/\/)/.test(text) ? [`src/${path}:${i + 1}: ${text.trim()}`] : [],
        );
    });
  }

  it('take randomness as an argument', () => {
    expect(linesMatching(/Math\.random|randomBytes/, () => false)).toEqual([]);
  });

  it('read no clock outside util and the command line', () => {
    const clock = /Date\.now|new Date\(\)|performance\.now|hrtime/;
    expect(linesMatching(clock, (path) => path.startsWith('util') || path.startsWith('cli'))).toEqual([]);
  });

  it('keep files to one concept', () => {
    const lengths = core.map((file) => ({
      file: relative(source, file),
      lines: readFileSync(file, 'utf8').split('\n').length,
    }));
    expect(lengths.filter(({ lines }) => lines > 500)).toEqual([]);
    const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(120);
  });

  it('read a store to its end only where that is listed with its reason', () => {
    const found = linesMatching(/\bstore\.lastDay\b/, (path) => path.startsWith('market'));
    const places = new Set(found.map((line) => line.slice('src/'.length, line.indexOf(':')).replaceAll(sep, '/')));
    expect([...places].sort()).toEqual(Object.keys(READS_TO_THE_END).sort());
  });

  it('read the tables of a store through its reads alone, which need asOf', () => {
    expect(linesMatching(/\btableFile\b/, (path) => KNOWS_STORE_FILES.includes(path.replaceAll(sep, '/')))).toEqual([]);
  });

  it('look ahead only in functions named label', () => {
    const outside = linesMatching(/export function label[A-Z]/, (path) => path.startsWith(join('features', 'labels')));
    expect(outside).toEqual([]);
  });
});
