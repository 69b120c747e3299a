/** Frames of the graph builders themselves; tests beside them count as callers. */
const BUILDER = /[\\/](tensor|nn)[\\/](?![^\\/]*\.test\.)[^\\/]+$/;
const FRAME = /\(?((?:file:\/\/|\/|[A-Za-z]:\\)[^()]*?:\d+:\d+)\)?$/;

/** file:line:column of the nearest caller outside the graph builders. */
export function callSite(): string {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 40;
  const stack = new Error().stack ?? '';
  Error.stackTraceLimit = limit;
  for (const line of stack.split('\n').slice(1)) {
    const place = FRAME.exec(line.trim())?.[1];
    if (place && !BUILDER.test(place)) return place.replace(/^file:\/\//, '');
  }
  return 'an unknown place';
}
