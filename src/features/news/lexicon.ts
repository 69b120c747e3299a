/** Words by the direction in which news with them speaks, and words that turn the next one around. */
export interface Lexicon {
  readonly positive: ReadonlySet<string>;
  readonly negative: ReadonlySet<string>;
  readonly negators: ReadonlySet<string>;
}

/** A word list written as one text. */
export const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Tokens between a negator and the word that it turns around, at most. */
const NEGATION_REACH = 3;

/** Ends a clause, and with it the reach of a negator. */
const CLAUSE_END = /^[,.;:!?，。；：！？、…\n]+$/;

/**
 * Tone of a text, (p − n) / (p + n) over its positive and negative words, 0 where it has none: −1 … 1. A word that a
 * negator stands before, in the same clause and at most three tokens away, counts for the other side (as in Hutto &
 * Gilbert 2014).
 * @param tokens in reading order, punctuation among them, lower-case where the script has cases
 */
export function toneOf(tokens: readonly string[], { positive, negative, negators }: Lexicon): number {
  let good = 0;
  let bad = 0;
  let negatedUntil = -1;
  for (const [i, token] of tokens.entries()) {
    if (negators.has(token)) negatedUntil = i + NEGATION_REACH;
    else if (CLAUSE_END.test(token)) negatedUntil = -1;
    const side = positive.has(token) ? 1 : negative.has(token) ? -1 : 0;
    if (side === 0) continue;
    if (side === (i <= negatedUntil ? -1 : 1)) good++;
    else bad++;
  }
  return good + bad === 0 ? 0 : (good - bad) / (good + bad);
}
