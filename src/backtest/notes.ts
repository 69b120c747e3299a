import { type Instrument, ST_UNKNOWN, type TradingRules } from '../market/index.js';
import { formatCount, formatDay, parseDay, type SessionRange } from '../util/index.js';
import { commissionText, unlawfulCommissions } from './commission-notes.js';
import type { CostModel } from './costs.js';
import type { Ledger } from './ledger.js';
import { SILENT_SESSIONS } from './listing-end.js';
import { type BacktestOptions, taxesDividends } from './options.js';
import { lateRecords, usedRules, type VenueUse, venuesUsed } from './rule-coverage.js';
import type { RuleSpans } from './rule-spans.js';
import type { FillPrice } from './types.js';

const percent = (fraction: number) => `${Number((fraction * 100).toPrecision(4))} %`;
const bps = (fraction: number) => `${Number((fraction * 10_000).toPrecision(4))} bp`;

function costNote(costs: CostModel, rules: readonly TradingRules[], currency: string): string {
  if (costs.model === 'flat')
    return `Costs: ${percent(costs.commissionRate ?? 0)} of every amount traded, nothing else.`;
  return (
    `Costs: ${commissionText(costs, rules, currency)}; half-spread ${bps(costs.halfSpread)}; ` +
    `duties and fees of the rulebook. ${impactNote(costs)}`
  );
}

function impactNote({ impactCoefficient }: CostModel): string {
  if (impactCoefficient === 0) return 'Market impact is not charged.';
  return (
    `Market impact: ${impactCoefficient} × daily volatility × √(shares / daily volume) of the amount, both over the 20 ` +
    'sessions before the fill (none where fewer than 5 of them traded).'
  );
}

function taxNote(options: BacktestOptions): string {
  const taxed = options.rulebook.rules.some(({ rule }) => rule.startsWith('dividend-tax'));
  if (!taxed || !taxesDividends(options)) return 'Tax on dividends is not charged.';
  return (
    'Dividends are taxed as those of persons and funds: by the time of holding when the shares are sold, the oldest first, or with the ' +
    'dividend where the rule of its record day says so. Tax on dividends of shares still held is not counted.'
  );
}

const AT: Readonly<Record<FillPrice, string>> = {
  open: 'trades at the next open, at the raw price',
  vwap: 'trades at the mean price of the next session (amount over volume, or the typical price without an amount)',
  close: 'trades at the close of the next session, at the raw price',
};

/** What a reader must know to judge the figures. */
export function backtestNotes(
  options: BacktestOptions,
  instruments: readonly Instrument[],
  costs: CostModel,
  ledger: Ledger,
  { spans, period }: { readonly spans: RuleSpans; readonly period: SessionRange },
): string[] {
  const { rulebook, bars, maxVolumeShare, delistingRecovery = 1 } = options;
  const venues: VenueUse[] = venuesUsed(bars, instruments, period);
  const rules = usedRules(spans, venues, period);
  const notes = [
    `Rules: ${rulebook.title}. A signal from a close ${AT[options.fillPrice ?? 'open']}; an order that cannot be filled ` +
      'there (a price at its limit, a suspension, too little cash) is dropped.',
    costNote(costs, rules, rulebook.currency),
    ...unlawfulCommissions(costs, rules, rulebook.currency),
    options.actions
      ? 'Dividends are paid in cash and bonus shares in shares on the ex-day, to who holds at the close before; rights are ' +
        'taken up as far as the cash reaches where they cost less than the ex-right reference price. A change of the ' +
        `adjustment factor that no action explains is reinvested. ${taxNote(options)}`
      : 'Dividends, bonus shares and rights are paid as a total-return reinvestment on the ex-day, by the change of the ' +
        'adjustment factor; a fraction of a share is paid in cash at the ex-right reference price. Tax on dividends is not ' +
        'charged.',
  ];
  if (maxVolumeShare !== undefined) {
    const rest =
      options.remainder === 'carry'
        ? 'the rest works on, through limits and suspensions, until a new target, an action of the share, the end of its ' +
          'listing or too little cash'
        : 'the rest is dropped';
    notes.push(
      `An order takes at most ${percent(maxVolumeShare)} of the mean volume of the 20 sessions before it; ${rest}.`,
    );
  }
  if (rulebook.rules.some((row) => row.rule === 'st-price-limit')) {
    const off = 'the narrower price limit of ST shares is off';
    const unknown = bars.st?.reduce((count, flag) => count + (flag === ST_UNKNOWN ? 1 : 0), 0) ?? 0;
    if (bars.st === null) notes.push(`The source has no flag of special treatment: ${off}.`);
    else if (unknown > 0)
      notes.push(`Of ${formatCount(unknown)} bars nothing says whether special treatment applied: ${off} there.`);
  }
  const undated = instruments.filter((instrument) => instrument.listDate === null).length;
  if (undated > 0 && rulebook.rules.some((row) => row.rule === 'free-sessions')) {
    notes.push(`${undated} instruments have no listing date: the price rules of new listings are off for them.`);
  }
  const { columns, length } = ledger.eventsTable();
  let settled = 0;
  for (let row = 0; row < length; row++) if (columns.kind[row] === 'delisting') settled++;
  if (settled > 0) {
    notes.push(
      `${settled} positions were turned into cash at ${percent(delistingRecovery)} of the last price, their listing ` +
        `over by its date or silent for ${SILENT_SESSIONS} sessions.`,
    );
  }
  notes.push(...lateRecords(rulebook, venues, bars.dates));
  if (rulebook.knownTo !== null && options.to > parseDay(rulebook.knownTo)) {
    notes.push(
      `The rules are known up to ${formatDay(parseDay(rulebook.knownTo))}; later sessions use the last known.`,
    );
  }
  return notes;
}
