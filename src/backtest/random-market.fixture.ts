import { BarFlag, type BarMatrix, type Board, type CorporateAction, type Rulebook } from '../market/index.js';
import { createRng, type Rng } from '../util/index.js';
import type { Policy } from './policy.js';
import { statelessPolicy, type TestBars, type TestMarket, testMarket, weekdays } from './test-market.fixture.js';

const BOARDS: readonly Board[] = ['main', 'main', 'chinext', 'star', 'bse'];
const cents = (price: number) => Math.max(0.01, Math.round(price * 100) / 100);

/** One symbol with fat tails, limit moves, actions, suspensions, gaps, bad bars, a late listing or an early end. */
function randomRow(symbol: string, sessions: number, rng: Rng): TestBars {
  const from = rng.uniform() < 0.2 ? rng.int(sessions) : 0;
  const to = rng.uniform() < 0.2 ? rng.int(sessions) : sessions;
  const open: number[] = [];
  const close: number[] = [];
  const high: number[] = [];
  const low: number[] = [];
  const volume: number[] = [];
  const factor: number[] = [];
  const suspended: number[] = [];
  const st: number[] = [];
  const flags: Record<number, number> = {};
  let price = cents(2 + 60 * rng.uniform());
  let adjust = 1 + rng.uniform();
  for (let d = 0; d < sessions; d++) {
    const action = rng.uniform();
    const ratio =
      action < 0.03 ? 1 + 0.05 * rng.uniform() : action < 0.05 ? 1 + rng.int(3) / 2 : action < 0.06 ? 0.8 : 1;
    adjust *= ratio;
    const reference = price / ratio;
    const move = rng.uniform() < 0.1 ? (rng.uniform() < 0.5 ? 1.1 : 0.9) : Math.exp(0.02 * rng.normal());
    open.push(cents(reference * move));
    close.push(cents(open[d] * Math.exp(0.02 * rng.normal())));
    high.push(cents(Math.max(open[d], close[d]) * (1 + 0.01 * rng.uniform())));
    low.push(Math.min(open[d], close[d], cents(Math.min(open[d], close[d]) * (1 - 0.01 * rng.uniform()))));
    volume.push(rng.uniform() < 0.05 ? 0 : rng.int(200_000));
    factor.push(adjust);
    if (rng.uniform() < 0.05) suspended.push(d);
    if (rng.uniform() < 0.1) st.push(d);
    if (rng.uniform() < 0.03) flags[d] = BarFlag.MISRECORDED;
    price = close[d];
    if (d < from || d > to || rng.uniform() < 0.02) close[d] = Number.NaN;
  }
  const board = BOARDS[rng.int(BOARDS.length)];
  return { symbol, open, close, high, low, volume, factor, suspended, st, flags, board };
}

export function randomMarket(seed: number, symbols: number, sessions: number): TestMarket {
  const rows = Array.from({ length: symbols }, (_, s) =>
    randomRow(`S${String(s).padStart(3, '0')}`, sessions, createRng(seed, 'row', s)),
  );
  return testMarket(rows, weekdays('2022-01-03', sessions));
}

/** Random targets on random days, drawn from the seed and the session alone. */
export function randomTargets(seed: number): Policy {
  return statelessPolicy(({ session, symbols }) => {
    const rng = createRng(seed, 'target', session);
    if (rng.uniform() < 0.3) return null;
    const raw = symbols.map((symbol) => [symbol, rng.uniform() < 0.5 ? 0 : rng.uniform()] as const);
    const sum = raw.reduce((total, [, weight]) => total + weight, 0);
    const exposure = rng.uniform() < 0.5 ? 1 : rng.uniform();
    if (sum === 0 || rng.uniform() < 0.05) return {};
    return Object.fromEntries(raw.filter(([, w]) => w > 0).map(([symbol, w]) => [symbol, (w / sum) * exposure]));
  });
}

/** Dividends, bonus shares, rights and consolidations on random days, also on some where the factor says nothing. */
export function randomActions(seed: number, { symbols, dates }: BarMatrix): CorporateAction[] {
  const rng = createRng(seed, 'actions');
  return Array.from({ length: 3 * symbols.length }, () => {
    const kind = rng.int(4);
    return {
      symbol: symbols[rng.int(symbols.length)],
      exDate: dates[rng.int(dates.length)],
      cash: kind === 0 ? 0.5 * rng.uniform() : 0,
      bonus: kind === 1 ? rng.int(10) / 10 : 0,
      transfer: kind === 1 ? rng.int(5) / 10 : kind === 2 ? -0.5 : 0,
      rights: kind === 3 ? 0.3 : 0,
      rightsPrice: kind === 3 ? 0.5 + 20 * rng.uniform() : 0,
    };
  });
}

/** Single shares, no limits, proceeds that settle two sessions after a sale: the shape of a cash account elsewhere. */
export const CASH_ACCOUNT: Rulebook = {
  name: 'cash-account',
  title: 'A cash account',
  currency: '',
  knownTo: null,
  close: { zone: 'UTC', minutes: 15 * 60 },
  rules: [
    { rule: 'lot-size', board: 'all', from: '1900-01-01', to: null, value: 1, source: 'test' },
    { rule: 'settlement-sessions', board: 'all', from: '1900-01-01', to: null, value: 2, source: 'test' },
    { rule: 'cash-settlement-sessions', board: 'all', from: '1900-01-01', to: null, value: 2, source: 'test' },
  ],
};
