import { fileURLToPath } from 'node:url';

/** Path with forward slashes of a file URL or a path. */
const plainPath = (place: string): string =>
  (place.startsWith('file:') ? fileURLToPath(place) : place).replaceAll('\\', '/');

/**
 * The folders of the graph builders themselves, wherever the package lies; with source maps switched on, Node names a
 * built module by its source.
 */
const BUILDERS = ['./', '../nn/'].flatMap((folder) => {
  const built = plainPath(new URL(folder, import.meta.url).href);
  return [built, built.replace(/\/dist\/(?!.*\/dist\/)/, '/src/')];
});

/** Tests that stand beside the builders count as callers. */
const isBuilder = (file: string): boolean =>
  BUILDERS.some((folder) => file.startsWith(folder)) && !/\.test\.ts$/.test(file);

/** `at f (file:///a/b.mjs:3:5)` and `at file:///a/b.mjs:3:5`, as V8 writes a frame. */
const FRAME = /^at (?:async )?(?:.*? \((.*)\)|(.*))$/;
const POSITION = /^(.*)(:\d+:\d+)$/;

/** file:line:column of the nearest caller outside the graph builders. */
export function callSite(): string {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 40;
  const stack = new Error().stack ?? '';
  Error.stackTraceLimit = limit;
  for (const line of stack.split('\n')) {
    const frame = FRAME.exec(line.trim());
    const [, place, position] = POSITION.exec(frame?.[1] ?? frame?.[2] ?? '') ?? [];
    if (place === undefined || place.startsWith('node:')) continue;
    const file = plainPath(place);
    if (!isBuilder(file)) return `${file}${position}`;
  }
  return 'an unknown place';
}
