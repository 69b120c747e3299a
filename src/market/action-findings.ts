import { formatDay } from '../util/index.js';
import { createFindingTally, type FindingTally, OF_ACTIONS } from './cleaning/index.js';
import { alignActions, theoreticalReference } from './corporate-actions.js';
import { type Rulebook, rulebookByName, ruleOn } from './rulebooks/index.js';
import { BarFlag, type CorporateAction, type DataFinding, type Instrument, type MarketTables } from './types.js';

/** Reference prices within this of each other, as a fraction, agree; sources round cash and factor. */
const TOLERANCE = 5e-4;
/** Factor changes below this, relative, are noise of float32 sources. */
const FACTOR_NOISE = 1e-6;

/** Whether a finding is one of `actionFindings`, made anew whenever a store is written. */
export function isActionFinding(kind: string): boolean {
  return OF_ACTIONS.some((own) => own === kind);
}

/**
 * Sets the stated corporate actions beside the changes of the adjustment factor. The two agree when last close × factor
 * before ÷ factor now lies within half a tick, to which the exchange rounds, and 0.05 % of the theoretical ex-right
 * reference. Actions outside the sessions of the bars, and on a first bar, which nobody held before, are passed over.
 * Empty for a market that states no actions.
 */
export function actionFindings(market: MarketTables): DataFinding[] {
  const { bars, instruments, rulebook, actions } = market;
  if (!actions) return [];
  const tally = createFindingTally(OF_ACTIONS);
  const bySymbol = new Map(instruments.map((instrument) => [instrument.symbol, instrument]));
  const book = rulebookByName(rulebook);
  const entitlements = entitlementsByCell(market, tally);
  const sessions = bars.dates.length;
  for (const [s, symbol] of bars.symbols.entries()) {
    let before = -1;
    for (let d = 0; d < sessions; d++) {
      const cell = s * sessions + d;
      const action = entitlements.get(cell);
      if (!(bars.close[cell] > 0 && bars.adjFactor[cell] > 0) || (bars.flags[cell] & BarFlag.MISRECORDED) !== 0) {
        if (action) tally.count('action-without-bar', () => describe(action));
        continue;
      }
      const ratio = before < 0 ? Number.NaN : bars.adjFactor[cell] / bars.adjFactor[before];
      const close = bars.close[before];
      before = cell;
      if (Number.isNaN(ratio)) continue;
      if (!action) {
        if (Math.abs(ratio - 1) <= FACTOR_NOISE) continue;
        const example = () => `${symbol} ${formatDay(bars.dates[d])}: factor × ${ratio.toPrecision(6)}`;
        tally.count('factor-without-action', example, { severity: Math.abs(ratio - 1) });
        continue;
      }
      const stated = theoreticalReference(close, action);
      const gap = Math.abs(close / ratio - stated);
      if (gap <= halfTick(book, bySymbol.get(symbol), action) + TOLERANCE * Math.abs(stated)) continue;
      const example = () =>
        `${describe(action)}: last close ${close.toFixed(2)}, reference ${stated.toFixed(3)} by the action, ` +
        `${(close / ratio).toFixed(3)} by the factor`;
      tally.count('action-contradicts-factor', example, { severity: gap / close });
    }
  }
  return tally.findings();
}

const describe = ({ symbol, exDate }: CorporateAction) => `${symbol} ${formatDay(exDate)}`;

/** Half of the tick, with room for the floating point of a factor. */
function halfTick(book: Rulebook, instrument: Instrument | undefined, { exDate }: CorporateAction): number {
  const tick = instrument ? ruleOn(book, 'tick', instrument, exDate) : null;
  return (tick ?? 0) / 2 + 1e-9;
}

/** The actions by cell of the bars, those of one cell added up. Symbols without bars are counted at once. */
function entitlementsByCell({ bars, actions = [] }: MarketTables, tally: FindingTally): Map<number, CorporateAction> {
  const { symbols, dates } = bars;
  const known = new Set(symbols);
  for (const action of actions) {
    const within = action.exDate >= dates[0] && action.exDate <= dates[dates.length - 1];
    if (within && !known.has(action.symbol)) tally.count('action-without-bar', () => describe(action));
  }
  const table = alignActions(actions, bars);
  const byCell = new Map<number, CorporateAction>();
  for (let d = 0; d < dates.length; d++) {
    for (let row = table.start[d]; row < table.start[d + 1]; row++) {
      const s = table.symbol[row];
      byCell.set(s * dates.length + d, {
        symbol: symbols[s],
        exDate: dates[d],
        cash: table.cash[row],
        bonus: table.shares[row],
        transfer: 0,
        rights: table.rights[row],
        rightsPrice: table.rightsPrice[row],
      });
    }
  }
  return byCell;
}
