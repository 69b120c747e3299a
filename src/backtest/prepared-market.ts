import type { BarMatrix, CorporateAction } from '../market/index.js';
import { type Liquidity, trailingLiquidity } from './liquidity.js';
import { type MarketTape, marketTape } from './market-tape.js';

/**
 * What every back-test over the same bars and actions works out first. Make it once and give it to each of them
 * (`BacktestOptions.prepared`); the bars must not change afterwards.
 */
export class PreparedMarket {
  readonly tape: MarketTape;
  private trailing: Liquidity | null = null;

  /** @throws TABLE_INVALID for an action that cannot be */
  constructor(
    readonly bars: BarMatrix,
    readonly actions: readonly CorporateAction[] | null = null,
  ) {
    this.tape = marketTape(bars, actions);
  }

  /** Worked out when first asked for: only a cap on participation and an impact need it. */
  liquidity(): Liquidity {
    this.trailing ??= trailingLiquidity(this.bars, this.tape);
    return this.trailing;
  }
}
