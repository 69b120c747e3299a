import type { PriceHistory } from '../price-history.js';
import type { RiskControl, RiskEvent } from './control.js';
import { between, positive, wholeAtLeast } from './parameters.js';
import { type StopDistance, stopDistance } from './stop-distance.js';

export interface StopLossOptions extends Partial<StopDistance> {
  /** `peak`: the stop trails the highest close since the purchase; `entry`: it stays where that was. Default `peak`. */
  readonly reference?: 'peak' | 'entry';
  /** Sessions for which a name is not bought again once it is sold. Default 10. */
  readonly cooldownDays?: number;
}

interface Position {
  readonly entry: number;
  peak: number;
}

/**
 * A dynamic stop-loss: when a close is more than `stopDistance` below the reference, the name is sold at the next open,
 * again each session until it is gone, as when it stands at its lower limit or is suspended, and kept out for a while.
 * Prices are adjusted, so that a dividend is no loss; the entry is the open of the session in which a position appears,
 * and later purchases do not move it. Without enough history for a volatility there is no stop.
 * @throws CONFIG_INVALID
 */
export function stopLoss(prices: PriceHistory, options: StopLossOptions = {}): RiskControl {
  const days = wholeAtLeast(options.days ?? 20, 2, 'stopLoss.days');
  const distance: StopDistance = {
    multiple: positive(options.multiple ?? 2, 'stopLoss.multiple'),
    horizonDays: wholeAtLeast(options.horizonDays ?? 10, 1, 'stopLoss.horizonDays'),
    days,
    longDays: wholeAtLeast(options.longDays ?? 120, days, 'stopLoss.longDays'),
    maxRatio: between(options.maxRatio ?? 2, 1, 100, 'stopLoss.maxRatio'),
    direction: options.direction ?? 'tighter',
  };
  const cooldown = wholeAtLeast(options.cooldownDays ?? 10, 0, 'stopLoss.cooldownDays');
  const reference = options.reference ?? 'peak';
  return {
    name: 'stop-loss',
    start() {
      const positions = new Map<string, Position>();
      /** Symbol → session from which it was seen to be sold; null while it is still held. */
      const stopped = new Map<string, number | null>();
      return ({ holdings, session, date }) => {
        const held = new Set(holdings.map(({ symbol }) => symbol));
        for (const symbol of positions.keys()) if (!held.has(symbol)) positions.delete(symbol);
        for (const [symbol, soldOn] of stopped) {
          if (held.has(symbol)) continue;
          if (soldOn === null) stopped.set(symbol, session);
          if (session - (soldOn ?? session) >= cooldown) stopped.delete(symbol);
        }
        const events: RiskEvent[] = [];
        for (const symbol of held) {
          const price = prices.close(symbol, session);
          const position = positions.get(symbol) ?? open(prices, symbol, session);
          position.peak = Math.max(position.peak, price);
          positions.set(symbol, position);
          if (stopped.has(symbol)) continue;
          const threshold = position[reference] * (1 - stopDistance(prices, symbol, session, distance));
          if (!(price < threshold)) continue;
          stopped.set(symbol, null);
          const from = position[reference];
          events.push({
            ...{ date, control: 'stop-loss', kind: 'stop', symbol, exposure: 1 },
            measure: price / from - 1,
            threshold: threshold / from - 1,
          });
        }
        return { exposure: 1, barred: new Set(stopped.keys()), events };
      };
    },
  };
}

function open(prices: PriceHistory, symbol: string, session: number): Position {
  const opening = prices.open(symbol, session);
  const entry = opening > 0 ? opening : prices.close(symbol, session);
  return { entry, peak: entry };
}
