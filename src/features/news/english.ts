import { type Lexicon, words } from './lexicon.js';

/** Words of market news and posts, every form spelt out. */
export const ENGLISH: Lexicon = {
  positive: words(`
    beat beats beating gain gains gained gaining rise rises rising rose up upside rally rallies rallied rallying surge surges surged surging
    soar soars soared soaring jump jumps jumped jumping climb climbs climbed climbing high highs higher record strong stronger strongest
    strength growth grow grows growing grew profit profits profitable profitability bull bullish bulls buy buying buyers buyback buybacks
    long longs upgrade upgrades upgraded outperform outperforms outperformed overweight raise raises raised breakout breakouts bounce
    bounces bounced rebound rebounds rebounded recover recovers recovered recovery win wins winning winner winners won success successful
    approve approves approved approval boost boosts boosted boosting improve improves improved improving improvement positive optimistic
    optimism love great good best better nice excellent impressive solid robust accelerate accelerates accelerated expand expands expanded
    expansion exceed exceeds exceeded exceeding top tops topped topping green calls moon undervalued cheap opportunity opportunities
    innovation innovative launch launches launched partnership dividend dividends demand award awarded breakthrough`),
  negative: words(`
    miss misses missed missing fall falls falling fell down downside drop drops dropped dropping decline declines declined declining plunge
    plunges plunged plunging sink sinks sank sinking slump slumps slumped slide slides slid sliding tumble tumbles tumbled crash crashes
    crashed low lows lower weak weaker weakest weakness loss losses lose loses losing lost loser losers bear bearish bears sell sells
    selling sold selloff seller sellers short shorts shorting shorted downgrade downgrades downgraded underperform underperforms
    underperformed underweight cut cuts cutting warn warns warned warning warnings fraud lawsuit lawsuits sue sues sued suing probe probes
    investigation investigations investigate investigated fine fined fines penalty penalties recall recalls recalled bankrupt bankruptcy
    default defaults defaulted debt layoff layoffs fear fears worry worries worried concern concerns concerned risk risks risky negative
    pessimistic bad worse worst terrible ugly poor disappoint disappoints disappointed disappointing disappointment delay delays delayed
    halt halts halted scandal breach hack hacked overvalued expensive bubble red puts puke dump dumps dumped dumping trouble troubled
    fail fails failed failing failure resign resigns resigned reject rejects rejected rejection slow slows slowed slowing slowdown
    breakdown collapse collapses collapsed trap`),
  negators:
    words(`not no never none neither nor without isn't aren't wasn't weren't don't doesn't didn't won't can't cannot couldn't
    shouldn't hardly nobody nothing ain't`),
};

const NOT_WORDS = /https?:\/\/\S+|[$@#]\w+/g;
const TOKEN = /[a-z]+(?:'[a-z]+)?|[.,;:!?]+/g;

/** Words and punctuation of an English text, lower-case; links, tickers, names and hash tags are no words. */
export function tokeniseEnglish(text: string): string[] {
  return text.toLowerCase().replaceAll('’', "'").replace(NOT_WORDS, ' ').match(TOKEN) ?? [];
}
