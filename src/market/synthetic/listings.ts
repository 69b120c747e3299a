import { createRng, type Day, parseDay } from '../../util/index.js';
import type { Board, Instrument } from '../types.js';
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
const CHINEXT_OPENED = parseDay('2009-10-30');

interface Place {
  readonly exchange: string;
  readonly board: Board;
  readonly prefixes: readonly string[];
}

/** Code ranges of 999 each in ascending order; a market takes the last ones it needs. */
const PLACES: readonly Place[] = [
  { exchange: 'SSE', board: 'main', prefixes: ['SH600', 'SH601', 'SH603', 'SH605'] },
  { exchange: 'SZSE', board: 'main', prefixes: ['SZ000', 'SZ001', 'SZ002', 'SZ003'] },
  { exchange: 'SZSE', board: 'chinext', prefixes: ['SZ300', 'SZ301', 'SZ302'] },
];
const RANGE = 999;

/** Half in Shanghai, the rest in Shenzhen, a fifth on ChiNext; every code lies in the range of its board. */
function placeOf(number: number, symbols: number): { place: Place; code: string } {
  const shanghai = Math.ceil(symbols * 0.5);
  const main = Math.ceil(symbols * 0.8);
  const [place, first, end] =
    number < shanghai
      ? [PLACES[0], 0, shanghai]
      : number < main
        ? [PLACES[1], shanghai, main]
        : [PLACES[2], main, symbols];
  const ranges = Math.ceil((end - first) / RANGE);
  const range = Math.floor((number - first) / RANGE);
  const prefix = place.prefixes[place.prefixes.length - ranges + range];
  return { place, code: `${prefix}${String(1 + ((number - first) % RANGE)).padStart(3, '0')}` };
}

/**
 * Draws the instruments, in ascending order of symbol. Listings and delistings fall on days drawn beforehand: they
 * depend on nothing that happens in the market, so that being there, or gone, tells nothing about returns.
 */
export function drawListings(symbols: number, dates: Int32Array, seed: number): Listing[] {
  return Array.from({ length: symbols }, (_, number) => {
    const rng = createRng(seed, 'listing', number);
    const days = dates.length;
    const { place, code } = placeOf(number, symbols);
    const industry = rng.int(INDUSTRIES.length);
    const beta = rng.int(BETAS.length);
    const volatility = Math.min(0.016, Math.max(0.007, 0.0105 * Math.exp(0.2 * rng.normal())));
    const late = rng.uniform() < LATE_LISTINGS;
    const firstSession = late ? Math.floor(days * (0.05 + 0.5 * rng.uniform())) : 0;
    const leaves = rng.uniform() < DELISTINGS;
    const lastSession = leaves ? Math.floor(days * (0.65 + 0.3 * rng.uniform())) : days - 1;
    const earlier: Day = dates[0] - 1300 - rng.int(5000);
    const listDate = late
      ? dates[firstSession]
      : place.board === 'chinext'
        ? Math.max(earlier, Math.min(CHINEXT_OPENED, dates[0]))
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
