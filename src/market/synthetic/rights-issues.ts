import { createRng } from '../../util/index.js';

/** An offer to the holders of a stock. */
export interface RightsIssue {
  /** New shares per share held. */
  readonly ratio: number;
  /** In ticks of 0.01. */
  readonly price: number;
}

/**
 * Sessions on which a stock stands still while its holders subscribe: R + 1 to R + 6, where R is the record day; on R + 7 it
 * trades ex rights. Source: SSE and SZSE, guides to the business of rights issues.
 */
export const SUBSCRIPTION_SESSIONS = 6;

/** Chance a session: one issue in some 20 years of a stock, oftener than in the A-shares, so that a small market has some. */
const CHANCE = 1 / 5000;
/** Sessions after a stock's first in the store before it may ask for money. */
const LEAST_SESSIONS = 250;
/**
 * At most 3 new shares for 10: CSRC, measures for the administration of securities issuance by listed companies (2006),
 * article 12; 5 for 10 since 2023.
 */
const MOST_PER_TEN = 3;
/** Subscription price as a share of the last close. */
const CHEAPEST = 0.5;
const DEAREST = 0.8;
/** No share is issued below its par value of 1 yuan: Company Law, article 127 (2018). */
const PAR = 100;

/** The rights issue that begins after the last close, null on most sessions. */
export type DrawRights = (session: number, close: number) => RightsIssue | null;

/**
 * Rights issues of one stock, from a random stream of its own. Ratio and price depend on the past price only, and whoever
 * subscribes, or sells before, is as rich as ever: an issue tells nothing about returns. Three draws a session, whatever happens.
 * @param barred 1 on sessions under special treatment: an issue asks for three years of profit (the same measures, article 7)
 */
export function rightsIssuesOf(seed: number, number: number, firstSession: number, barred: Uint8Array): DrawRights {
  const rng = createRng(seed, 'rights-issues', number);
  return (session, close) => {
    const chance = rng.uniform();
    const perTen = 1 + Math.floor(MOST_PER_TEN * rng.uniform());
    const price = Math.floor(close * (CHEAPEST + (DEAREST - CHEAPEST) * rng.uniform()));
    if (chance >= CHANCE || session < firstSession + LEAST_SESSIONS || barred[session] === 1 || price < PAR)
      return null;
    return { ratio: perTen / 10, price };
  };
}
