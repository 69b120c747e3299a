import { resolve } from 'node:path';
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { CandlenetError, readInputFile } from '../../../util/index.js';
import type { SourceColumn, SourceLayout } from './layout.js';

const source = z.union([
  z.string().min(1),
  z.strictObject({ from: z.string().min(1), scale: z.number().refine((scale) => scale !== 0, 'expected no 0') }),
]);

const encodingName = z.string().refine((name) => {
  try {
    new TextDecoder(name);
    return true;
  } catch {
    return false;
  }
}, 'expected an encoding such as gbk, big5, utf-16le or latin1');

/** A year with a month or a quarter, and a day where it has one; each once. */
function isDateForm(form: string): boolean {
  const kinds = (form.match(/YYYY|MM?|DD?|Q/g) ?? []).map((part) => part[0]);
  const rest = form.replace(/YYYY|MM?|DD?|Q/g, '');
  const once = new Set(kinds).size === kinds.length;
  return once && !/[\p{L}\p{N}]/u.test(rest) && kinds.includes('Y') && kinds.includes('M') !== kinds.includes('Q');
}

const mapSchema = z.strictObject({
  columns: z.record(z.string(), source).default({}),
  fields: z.record(z.string().min(1), source).default({}),
  constants: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)).default({}),
  dates: z
    .string()
    .refine(isDateForm, 'expected a form such as DD.MM.YYYY, of YYYY, M or MM, D or DD, or Q')
    .nullable()
    .default(null),
  missing: z.array(z.string()).default([]),
  encoding: encodingName.optional(),
});

/** A user's own layout, laid over a preset's. */
export type ColumnMap = z.infer<typeof mapSchema>;

const YAML_FILE = /\.ya?ml$/i;

/**
 * A column map: a YAML file, or pairs such as `date=日期,close=收盘`.
 * @throws FILE_NOT_FOUND, CONFIG_SYNTAX, CONFIG_UNKNOWN_KEY, CONFIG_INVALID naming file, line and key; ARGUMENT_INVALID
 */
export function readColumnMap(map: string, allowed: readonly string[]): ColumnMap {
  const { parsed, lineOf } = YAML_FILE.test(map)
    ? readMapFile(map)
    : { parsed: mapSchema.parse({ columns: pairs(map, allowed) }), lineOf: () => '' };
  for (const section of ['columns', 'constants'] as const) {
    const unknown = Object.keys(parsed[section]).find((name) => !allowed.includes(name));
    if (unknown === undefined) continue;
    throw new CandlenetError(
      'CONFIG_UNKNOWN_KEY',
      `${map}${lineOf([section, unknown])}: ${section}.${unknown}: found an unknown column, expected one of ${allowed.join(', ')}`,
    );
  }
  return parsed;
}

/** How a store keeps which map its source was read by. */
export function recordedMap(map: string | undefined): { map?: string; mapFile?: string } {
  if (map === undefined) return {};
  return YAML_FILE.test(map) ? { mapFile: resolve(map) } : { map };
}

function pairs(map: string, allowed: readonly string[]): Record<string, string> {
  const columns: Record<string, string> = {};
  for (const part of map.split(',')) {
    const [name, header, ...rest] = part.split('=').map((text) => text.trim());
    if (!allowed.includes(name) || !header || rest.length > 0) {
      throw new CandlenetError(
        'ARGUMENT_INVALID',
        `map: found "${part}", expected a .yaml file or column=header with a column of ${allowed.join(', ')}`,
      );
    }
    columns[name] = header;
  }
  return columns;
}

/** @returns also where a key stands, as `:3` */
function readMapFile(path: string): { parsed: ColumnMap; lineOf: (path: readonly PropertyKey[]) => string } {
  const lines = new LineCounter();
  const text = readInputFile(path, 'column map')
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const syntax = document.errors[0];
  if (syntax) {
    const { line, col } = lines.linePos(syntax.pos[0]);
    throw new CandlenetError(
      'CONFIG_SYNTAX',
      `${path}:${line}:${col}: not valid YAML: ${syntax.message.split('\n')[0]}`,
    );
  }
  if (!isMap(document.contents)) {
    throw new CandlenetError(
      'CONFIG_INVALID',
      `${path}:1: found no keys, expected columns, fields, constants, dates, missing or encoding`,
    );
  }
  let raw: unknown;
  try {
    raw = document.toJS({ maxAliasCount: 10 });
  } catch (error) {
    throw new CandlenetError('CONFIG_SYNTAX', `${path}: not valid YAML: ${(error as Error).message.split('\n')[0]}`);
  }
  const parsed = mapSchema.safeParse(raw);
  const lineOf = (keys: readonly PropertyKey[]): string => {
    const parent = document.getIn(keys.slice(0, -1), true);
    const pair = isMap(parent)
      ? parent.items.find((item) => isScalar(item.key) && item.key.value === keys.at(-1))
      : null;
    const key = isScalar(pair?.key) ? pair.key.range : null;
    const node = key ?? (document.getIn(keys, true) as { range?: [number] } | undefined)?.range;
    return node ? `:${lines.linePos(node[0]).line}` : '';
  };
  if (parsed.success) return { parsed: parsed.data, lineOf };
  const issue = parsed.error.issues[0];
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : null;
  const key = [...issue.path, ...(unknown === null ? [] : [unknown])].join('.');
  const line = lineOf(unknown === null ? issue.path : [...issue.path, unknown]);
  if (unknown !== null) {
    throw new CandlenetError(
      'CONFIG_UNKNOWN_KEY',
      `${path}${line}: ${key}: found an unknown key, expected columns, fields, constants, dates, missing, encoding, or from and scale of a column`,
    );
  }
  throw new CandlenetError('CONFIG_INVALID', `${path}${line}: ${key}: ${issue.message}`);
}

/** A layout with what the map says in place of what it said; a column named without a scale keeps the one it had. */
export function withColumnMap(layout: SourceLayout, map: ColumnMap): SourceLayout {
  const over = (mine: Readonly<Partial<Record<string, SourceColumn>>>, theirs: ColumnMap['columns']) => {
    const columns = { ...mine };
    for (const [name, to] of Object.entries(theirs)) {
      const column = typeof to === 'string' ? { from: to, scale: mine[name]?.scale ?? 1 } : to;
      columns[name] = { ...column, stated: true };
    }
    return columns;
  };
  return {
    columns: over(layout.columns, map.columns),
    fields: over(layout.fields, map.fields) as Record<string, SourceColumn>,
    constants: { ...layout.constants, ...map.constants },
    dateFormat: map.dates ?? layout.dateFormat,
    missing: new Set([...layout.missing, ...map.missing]),
    encoding: map.encoding ?? layout.encoding,
  };
}
