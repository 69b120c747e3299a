import { formatCount, formatDay } from '../../util/index.js';
import type { Provenance, ProvenanceFinding } from './provenance.js';

/** Judges what the pipeline says of its trades, boundaries and fits. */
export function checkDeclared(provenance: Provenance | undefined): ProvenanceFinding[] {
  return [checkTrades(provenance?.trades), checkBoundaries(provenance?.boundaries), checkFits(provenance?.fits)];
}

/** A close is known only when it is over: what it says can be traded in the next session at the earliest. */
function checkTrades(trades: Provenance['trades']): ProvenanceFinding {
  const check = 'trade-after-signal';
  if (trades === undefined || trades.length === 0) return { check, status: 'unknown', detail: 'no trade was shown' };
  const early = trades.find(({ signal, traded }) => traded <= signal);
  if (!early) return { check, status: 'pass', detail: `${formatCount(trades.length)} orders` };
  const detail = `${early.symbol}: signal of the close of ${formatDay(early.signal)}, traded on ${formatDay(early.traded)}`;
  return { check, status: 'fail', detail };
}

function checkBoundaries(boundaries: Provenance['boundaries']): ProvenanceFinding {
  const check = 'label-purge';
  if (boundaries === undefined || boundaries.length === 0) {
    return { check, status: 'unknown', detail: 'no split was shown' };
  }
  const over = boundaries.find(({ lastSample, reach, nextFirst }) => lastSample + reach >= nextFirst);
  if (!over) {
    const free = boundaries.map(({ name, lastSample, nextFirst }) => `${name} ends ${nextFirst - lastSample} before`);
    return { check, status: 'pass', detail: `sessions between last sample and next period: ${free.join(', ')}` };
  }
  const into = over.lastSample + over.reach - over.nextFirst + 1;
  return {
    check,
    status: 'fail',
    detail: `${over.name}: its last label reaches ${into} sessions into the next period`,
  };
}

function checkFits(fits: Provenance['fits']): ProvenanceFinding {
  const check = 'fitted-on-training';
  if (fits === undefined || fits.length === 0) return { check, status: 'unknown', detail: 'no fit was shown' };
  const span = ([from, to]: readonly [number, number]) => `${formatDay(from)} … ${formatDay(to)}`;
  const wrong = fits.find(
    ({ fitted, training }) => fitted === null || fitted[0] < training[0] || fitted[1] > training[1],
  );
  if (!wrong)
    return { check, status: 'pass', detail: fits.map(({ name, fitted }) => `${name}: ${span(fitted!)}`).join('; ') };
  const found = wrong.fitted === null ? 'on other rows than those of training' : `on ${span(wrong.fitted)}`;
  return { check, status: 'fail', detail: `${wrong.name}: fitted ${found}, training is ${span(wrong.training)}` };
}
