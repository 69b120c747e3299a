/**
 * Moves from the current weights towards the target only as far as a one-way turnover of `limit` allows, every weight by
 * the same fraction of its way. Turnover is (bought + sold) / 2 as a fraction of equity, as in the equity table.
 */
export function limitTurnover(
  current: ReadonlyMap<string, number>,
  target: ReadonlyMap<string, number>,
  limit: number,
): Map<string, number> {
  const names = new Set([...target.keys(), ...current.keys()]);
  let turnover = 0;
  for (const name of names) turnover += Math.abs((target.get(name) ?? 0) - (current.get(name) ?? 0)) / 2;
  if (turnover <= limit) return new Map(target);
  const step = limit / turnover;
  const moved = new Map<string, number>();
  for (const name of names) {
    const from = current.get(name) ?? 0;
    const weight = from + step * ((target.get(name) ?? 0) - from);
    if (weight > 0) moved.set(name, weight);
  }
  return moved;
}
