import type { Instrument } from '../market/index.js';
import { formatDay, parseDay } from '../util/index.js';
import type { CostModel } from './costs.js';
import type { Ledger } from './ledger.js';
import type { BacktestOptions } from './options.js';

const percent = (fraction: number) => `${Number((fraction * 100).toPrecision(4))} %`;
const bps = (fraction: number) => `${Number((fraction * 10_000).toPrecision(4))} bp`;

function costNote(costs: CostModel, currency: string): string {
  if (costs.model === 'flat') return `Costs: ${percent(costs.commissionRate)} of every amount traded, nothing else.`;
  const least = `${costs.minCommission} ${currency}`.trim();
  return (
    `Costs: commission ${bps(costs.commissionRate)}, at least ${least} an order; half-spread ${bps(costs.halfSpread)}; ` +
    'duties and fees of the rulebook. Market impact is not charged.'
  );
}

/** What a reader must know to judge the figures. */
export function backtestNotes(
  options: BacktestOptions,
  instruments: readonly Instrument[],
  costs: CostModel,
  ledger: Ledger,
): string[] {
  const { rulebook, bars, maxVolumeShare, delistingRecovery = 1 } = options;
  const notes = [
    `Rules: ${rulebook.title}. A signal from a close trades at the next open, at the raw price; what cannot be filled ` +
      'there (an open at a price limit, a suspension, too little cash) is dropped.',
    costNote(costs, rulebook.currency),
    'Dividends, bonus shares and rights are paid as a total-return reinvestment on the ex-day, by the change of the ' +
      'adjustment factor; a fraction of a share is paid in cash at the ex-right reference price. Tax on dividends is not ' +
      'charged.',
  ];
  if (maxVolumeShare !== undefined) {
    notes.push(`An order takes at most ${percent(maxVolumeShare)} of the mean volume of the 20 sessions before it.`);
  }
  if (rulebook.rules.some((row) => row.rule === 'st-price-limit') && bars.st === null) {
    notes.push('The source has no flag of special treatment: the narrower price limit of ST shares is off.');
  }
  const undated = instruments.filter((instrument) => instrument.listDate === null).length;
  if (undated > 0 && rulebook.rules.some((row) => row.rule === 'free-sessions')) {
    notes.push(`${undated} instruments have no listing date: the price rules of new listings are off for them.`);
  }
  const { columns, length } = ledger.events.build();
  let settled = 0;
  for (let row = 0; row < length; row++) if (columns.kind[row] === 'delisting') settled++;
  if (settled > 0) {
    notes.push(
      `${settled} positions whose bars ended were turned into cash on the next session at ` +
        `${percent(delistingRecovery)} of the last price.`,
    );
  }
  if (rulebook.knownTo !== null && options.to > parseDay(rulebook.knownTo)) {
    notes.push(
      `The rules are known up to ${formatDay(parseDay(rulebook.knownTo))}; later sessions use the last known.`,
    );
  }
  return notes;
}
