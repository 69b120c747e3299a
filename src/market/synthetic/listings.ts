import { createRng, type Day, lowerBound, parseDay } from '../../util/index.js';
import type { Board, Instrument } from '../types.js';
import type { ListingRules } from './listing-rules.js';
import { companyName, INDUSTRIES } from './names.js';

/** Sensitivities to the market come in steps, so that the truth can be tabulated exactly for each. */
export const BETAS = [0.7, 0.85, 1, 1.15, 1.3] as const;

/** An instrument with what the generator draws once for its life. */
export interface Listing {
  readonly instrument: Instrument;
  readonly industry: number;
  /** Index into `BETAS`. */
  readonly beta: number;
  /** Daily standard deviation of the stock's own part when its GARCH variance is 1, the level of quiet days. */
  readonly volatility: number;
  /** Sessions with a bar: first and last, inclusive. */
  readonly firstSession: number;
  readonly lastSession: number;
  /** In ticks of 0.01. */
  readonly firstPrice: number;
  readonly shares: number;
  /** Usual volume as a share of the shares. */
  readonly turnover: number;
}

const LATE_LISTINGS = 0.12;
const DELISTINGS = 0.05;

interface Place {
  readonly exchange: string;
  readonly board: Board;
  /** Code ranges of 999 each in ascending order; a market takes the last ones it needs. */
  readonly prefixes: readonly string[];
  /** Share of the stocks. */
  readonly share: number;
  /** First day of the board; absent when it is older than any market here. */
  readonly opened?: Day;
}

const BEIJING = { exchange: 'BSE', board: 'bse', prefixes: ['BJ920'], opened: parseDay('2021-11-15') } as const;
const SHANGHAI = { exchange: 'SSE', board: 'main', prefixes: ['SH600', 'SH601', 'SH603', 'SH605'] } as const;
const STAR = { exchange: 'SSE', board: 'star', prefixes: ['SH688'], opened: parseDay('2019-07-22') } as const;
const SHENZHEN = { exchange: 'SZSE', board: 'main', prefixes: ['SZ000', 'SZ001', 'SZ002', 'SZ003'] } as const;
const CHINEXT = {
  exchange: 'SZSE',
  board: 'chinext',
  prefixes: ['SZ300', 'SZ301', 'SZ302'],
  opened: parseDay('2009-10-30'),
} as const;

/** In ascending order of their codes. */
const PLACES: Readonly<Record<ListingRules, readonly Place[]>> = {
  plain: [
    { ...SHANGHAI, share: 0.5 },
    { ...SHENZHEN, share: 0.3 },
    { ...CHINEXT, share: 0.2 },
  ],
  full: [
    { ...BEIJING, share: 0.08 },
    { ...SHANGHAI, share: 0.4 },
    { ...STAR, share: 0.1 },
    { ...SHENZHEN, share: 0.25 },
    { ...CHINEXT, share: 0.17 },
  ],
};
const RANGE = 999;
/** A board that opens with fewer sessions left has no stocks, and a newcomer trades at least as long. */
const LEAST_SESSIONS = 250;

/** The places of a market with the number of the first stock of each; every code lies in the range of its board. */
function placesOf(symbols: number, dates: Int32Array, rules: ListingRules): { place: Place; first: number }[] {
  const isOpen = ({ opened }: Place) =>
    rules === 'plain' || opened === undefined || lowerBound(dates, opened) + LEAST_SESSIONS <= dates.length;
  const open = PLACES[rules].filter(isOpen);
  const whole = open.reduce((sum, { share }) => sum + share, 0);
  let share = 0;
  return open.map((place) => {
    const first = Math.ceil((symbols * share) / whole);
    share += place.share;
    return { place, first };
  });
}

function placeOf(
  places: readonly { place: Place; first: number }[],
  number: number,
  symbols: number,
): { place: Place; code: string } {
  const at = places.findLastIndex(({ first }) => first <= number);
  const { place, first } = places[at];
  const end = places[at + 1]?.first ?? symbols;
  const ranges = Math.ceil((end - first) / RANGE);
  const range = Math.floor((number - first) / RANGE);
  const prefix = place.prefixes[place.prefixes.length - ranges + range];
  return { place, code: `${prefix}${String(1 + ((number - first) % RANGE)).padStart(3, '0')}` };
}

/** The first session of a stock whose board opens within the store; 0 where it was there before. */
function sessionOfOpening({ opened }: Place, dates: Int32Array, seed: number, number: number): number {
  if (opened === undefined || opened <= dates[0]) return 0;
  const earliest = lowerBound(dates, opened);
  const room = dates.length - LEAST_SESSIONS - earliest;
  return earliest + Math.floor(Math.max(0, room) * createRng(seed, 'board', number).uniform() ** 2);
}

/**
 * Draws the instruments, in ascending order of symbol. Listings and delistings fall on days drawn beforehand: they
 * depend on nothing that happens in the market, so that being there, or gone, tells nothing about returns.
 */
export function drawListings(
  symbols: number,
  dates: Int32Array,
  seed: number,
  rules: ListingRules = 'plain',
): Listing[] {
  const places = placesOf(symbols, dates, rules);
  return Array.from({ length: symbols }, (_, number) => {
    const rng = createRng(seed, 'listing', number);
    const days = dates.length;
    const { place, code } = placeOf(places, number, symbols);
    const industry = rng.int(INDUSTRIES.length);
    const beta = rng.int(BETAS.length);
    const volatility = Math.min(0.016, Math.max(0.007, 0.0105 * Math.exp(0.2 * rng.normal())));
    const isLate = rng.uniform() < LATE_LISTINGS;
    const drawnSession = isLate ? Math.floor(days * (0.05 + 0.5 * rng.uniform())) : 0;
    const opening = rules === 'full' ? sessionOfOpening(place, dates, seed, number) : 0;
    const firstSession = Math.max(drawnSession, opening);
    const late = isLate || opening > 0;
    const isLeaver = rng.uniform() < DELISTINGS;
    const drawnEnd = isLeaver ? Math.floor(days * (0.65 + 0.3 * rng.uniform())) : days - 1;
    const leaves = isLeaver && (opening === 0 || drawnEnd >= firstSession + LEAST_SESSIONS);
    const lastSession = leaves ? drawnEnd : days - 1;
    const earlier: Day = dates[0] - 1300 - rng.int(5000);
    const listDate = late
      ? dates[firstSession]
      : place.opened !== undefined
        ? Math.max(earlier, Math.min(place.opened, dates[0]))
        : earlier;
    return {
      instrument: {
        symbol: code,
        name: companyName(number, industry),
        exchange: place.exchange,
        board: place.board,
        industry: INDUSTRIES[industry].name,
        listDate,
        delistDate: leaves ? dates[lastSession] : null,
      },
      industry,
      beta,
      volatility,
      firstSession,
      lastSession,
      firstPrice: Math.round(100 * Math.min(120, Math.max(8, 18 * Math.exp(0.6 * rng.normal())))),
      shares: Math.round(5e8 * Math.exp(1.1 * rng.normal()) + 5e7),
      turnover: 0.008 * Math.exp(0.4 * rng.normal()),
    };
  });
}

/** The listing as it turned out: an earlier last session than planned is a delisting. */
export function endListing(listing: Listing, lastSession: number, dates: Int32Array): Listing {
  if (lastSession === listing.lastSession) return listing;
  return { ...listing, lastSession, instrument: { ...listing.instrument, delistDate: dates[lastSession] } };
}
