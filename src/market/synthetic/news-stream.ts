import { makeTable, type Table } from '../../tables/index.js';
import { createRng, type Rng, weekdayOf } from '../../util/index.js';
import { localInstant, marketZone } from '../session-clock.js';
import { newsSchema } from '../store-schema.js';
import type { Listing } from './listings.js';
import { BAD_EVENTS, GOOD_EVENTS, type NewsEvent, PLAIN_EVENTS, titleScore } from './news-words.js';

/** Chance of a piece of news about a stock on a weekday, and on a day of a weekend. */
const WEEKDAY_CHANCE = 0.09;
const WEEKEND_CHANCE = 0.03;
/** Two thirds come out from 7:00 to the close, the rest up to 23:00, when the exchanges publish announcements. */
const MORNING = 7 * 60;
const CLOSE = 15 * 60;
const NIGHT = 23 * 60;
const BEFORE_CLOSE = 0.65;
/** A title tells a second thing. */
const SECOND_EVENT = 0.25;

const pick = <T>(values: readonly T[], rng: Rng): T => values[rng.int(values.length)];

function drawEvent(mood: number, rng: Rng): NewsEvent {
  const draw = mood + rng.normal();
  return pick(draw > 0.5 ? GOOD_EVENTS : draw < -0.5 ? BAD_EVENTS : PLAIN_EVENTS, rng);
}

/**
 * News about every stock over its listing, weekends included: a Chinese title, the same in English as its body, and the score
 * that a lexicon gives the title. The mood of a company swings slowly and is drawn beside its prices: in every market the
 * news tell nothing about returns. Ordered by symbol and time; nothing after the close of the last session's day.
 */
export function simulateNews(
  listings: readonly Listing[],
  dates: Int32Array,
  seed: number,
  rulebook: string,
): Table<typeof newsSchema> {
  const zone = marketZone(rulebook);
  const [symbols, titles, bodies] = [[] as string[], [] as string[], [] as string[]];
  const [instants, scores] = [[] as number[], [] as number[]];
  for (const [number, { instrument, firstSession, lastSession }] of listings.entries()) {
    const rng = createRng(seed, 'news', number);
    const [chinese, ...english] = instrument.name.split(' ');
    let mood = 0.7 * rng.normal();
    for (let day = dates[firstSession]; day <= dates[lastSession]; day++) {
      mood = 0.97 * mood + 0.17 * rng.normal();
      if (rng.uniform() >= (weekdayOf(day) < 5 ? WEEKDAY_CHANCE : WEEKEND_CHANCE)) continue;
      const early = rng.uniform() < BEFORE_CLOSE;
      const minute = early ? MORNING + rng.int(CLOSE - MORNING) : CLOSE + 1 + rng.int(NIGHT - CLOSE);
      const events = [drawEvent(mood, rng)];
      if (rng.uniform() < SECOND_EVENT) {
        const second = drawEvent(mood, rng);
        if (second !== events[0]) events.push(second);
      }
      if (day === dates[dates.length - 1] && !early) continue;
      const title = `${chinese}${events.map((event) => event.chinese).join('，')}`;
      symbols.push(instrument.symbol);
      instants.push(localInstant(day, minute, zone));
      titles.push(title);
      bodies.push(`${english.join(' ')} ${events.map((event) => event.english).join(' and ')}.`);
      scores.push(titleScore(title));
    }
  }
  return makeTable(newsSchema, {
    symbol: symbols,
    published: Float64Array.from(instants),
    zone: symbols.map(() => zone),
    title: titles,
    body: bodies,
    score: Float64Array.from(scores),
  });
}
