import { createRng, lowerBound } from '../../util/index.js';
import {
  freeSessionsOfListing,
  priceLimitsOf,
  rulebookByName,
  type TradingRules,
  tradingRulesOn,
} from '../rulebooks/index.js';
import type { Board, Instrument } from '../types.js';
import { type LimitTicks, limitTicks } from './price-step.js';
import { type DrawRights, rightsIssuesOf } from './rights-issues.js';

export const RULEBOOK = 'cn-a-share';

/** `plain`: main board and ChiNext, one limit for all. `full`: every board, ST spells, free first sessions, as the rulebook has them, rights issues and the exchanges' own calendar. */
export type ListingRules = 'plain' | 'full';

/** How a market's rules bear on one stock. */
export interface StockRules {
  /** Price limits of a session in ticks. @param reference ex-right reference price in ticks */
  limits(session: number, reference: number): LimitTicks;
  /** GARCH variance of the first session; a new listing is nervous. */
  readonly firstVariance: number;
  /** 1 on the sessions under special treatment; null in a market that knows none. */
  readonly specialTreatment: Uint8Array | null;
  /** Null in a market without rights issues. */
  readonly drawRights: DrawRights | null;
}

const NEW_LISTING_VARIANCE = 6;
/** Chance a session that special treatment begins, sessions it lasts at least, and on average beyond those. */
const SPELL_CHANCE = 1 / 4000;
const SPELL_LEAST = 120;
const SPELL_BEYOND = 200;

/**
 * Sessions under special treatment, drawn apart from everything else: who comes under it, or out of it, tells nothing
 * about returns. None in the first year of the store's sessions of a listing.
 */
function drawSpecialTreatment(seed: number, number: number, first: number, sessions: number): Uint8Array {
  const rng = createRng(seed, 'special-treatment', number);
  const flags = new Uint8Array(sessions);
  for (let d = first + 250; d < sessions; d++) {
    if (rng.uniform() >= SPELL_CHANCE) continue;
    const end = d + SPELL_LEAST + Math.floor(-Math.log(1 - rng.uniform()) * SPELL_BEYOND);
    flags.fill(1, d, end);
    d = end;
  }
  return flags;
}

/** The rules of one stock: `plain` ones, or those of the rulebook for its board, listing and special treatment. */
export type RulesOfStock = (instrument: Instrument, firstSession: number, number: number) => StockRules;

export function rulesOfMarket(rules: ListingRules, dates: Int32Array, seed: number): RulesOfStock {
  if (rules === 'plain') {
    return ({ board }) => ({
      limits: (session, reference) => limitTicks(board, dates[session], reference),
      firstVariance: 1,
      specialTreatment: null,
      drawRights: null,
    });
  }
  const book = rulebookByName(RULEBOOK);
  const byBoard = new Map<Board, TradingRules[]>();
  return (instrument, firstSession, number) => {
    const { board, listDate } = instrument;
    const inForce = byBoard.get(board) ?? Array.from(dates, (day) => tradingRulesOn(book, instrument, day));
    byBoard.set(board, inForce);
    const isNew = listDate !== null && listDate >= dates[0];
    const listSession = isNew ? lowerBound(dates, listDate) : Number.NaN;
    const freeSessions = isNew ? freeSessionsOfListing(book, instrument, listDate) : 0;
    const specialTreatment = drawSpecialTreatment(seed, number, firstSession, dates.length);
    return {
      firstVariance: isNew ? NEW_LISTING_VARIANCE : 1,
      specialTreatment,
      drawRights: rightsIssuesOf(seed, number, firstSession, specialTreatment),
      limits(session, reference) {
        const limits = priceLimitsOf(inForce[session], reference / 100, {
          sessionOfListing: isNew ? session - listSession + 1 : null,
          freeSessions,
          specialTreatment: specialTreatment[session] === 1,
        });
        if (limits === null || !Number.isFinite(limits.upper)) return { lower: 1, upper: 100 * reference };
        return { lower: Math.round(limits.lower * 100), upper: Math.round(limits.upper * 100) };
      },
    };
  };
}
