import type { Command } from 'commander';
import { createContext } from '../context.js';
import { amount, dayOption, describe, nonNegative, numberWithin, oneOf } from '../options.js';

interface BacktestCommand {
  readonly json?: boolean;
  readonly store: string;
  readonly index?: string;
  readonly from?: number;
  readonly to?: number;
  readonly capital: number;
  readonly rulebook?: string;
  readonly fill: 'open' | 'vwap' | 'close';
  readonly remainder: 'carry' | 'cancel';
  readonly flatCostBps?: number;
  readonly commissionBps?: number;
  readonly minCommission?: number;
  readonly halfSpreadBps: number;
  readonly impact: number;
  readonly maxVolumeShare: number;
  readonly delistingRecovery: number;
  readonly dividendTax: boolean;
  readonly quick?: boolean;
  readonly out?: string;
}

export function addBacktest(program: Command): void {
  const command = program
    .command('backtest')
    .description('trade anyone’s dated target weights under all the rules of a market, and say what they made')
    .argument('<weights>', 'CSV (.gz too) or Parquet: date, symbol, weight; or date and one column per symbol')
    .requiredOption('--store <dir>', 'market store')
    .option('--index <name>', 'benchmark and universe; by default the store’s only index')
    .option('--from <date>', 'first day; by default the session after the first weights', dayOption('--from'))
    .option('--to <date>', 'last day; by default the store’s', dayOption('--to'))
    .option('--capital <amount>', 'initial capital', amount('--capital'), 100_000_000)
    .option('--rulebook <name>', 'trading rules; by default the store’s')
    .option(
      '--fill <price>',
      'open, vwap or close of the next session',
      oneOf('--fill', ['open', 'vwap', 'close']),
      'open',
    )
    .option(
      '--remainder <fate>',
      'of what --max-volume-share left of an order: carry it on to the next sessions, or cancel it',
      oneOf('--remainder', ['carry', 'cancel']),
      'cancel',
    )
    .option(
      '--flat-cost-bps <bps>',
      'this rate on every amount, and no other cost (the paper’s is 5)',
      nonNegative('--flat-cost-bps'),
    )
    .option(
      '--commission-bps <bps>',
      'broker’s commission; by default the rulebook’s, 2.5 where it is for negotiation',
      nonNegative('--commission-bps'),
    )
    .option(
      '--min-commission <amount>',
      'least commission of an order; by default the rulebook’s',
      nonNegative('--min-commission'),
    )
    .option('--half-spread-bps <bps>', 'half the bid-ask spread', nonNegative('--half-spread-bps'), 2.5)
    .option('--impact <coefficient>', 'of the square-root law of market impact; 0 is none', nonNegative('--impact'), 0)
    .option(
      '--max-volume-share <share>',
      'largest share of the trailing mean volume an order may take; 1 is all of it',
      numberWithin('--max-volume-share', 0, 1, 'a share above 0, up to 1', true),
      0.1,
    )
    .option(
      '--delisting-recovery <share>',
      'share of the last price paid when a listing ends',
      numberWithin('--delisting-recovery', 0, 1, 'a share from 0 to 1'),
      1,
    )
    .option('--no-dividend-tax', 'leave the tax on dividends out; it is charged where the store has actions')
    .option('--quick', 'leave break-even cost and capacity out: they take some thirty more back-tests')
    .option('--out <dir>', 'write orders, fills, events, equity, positions, metrics.json and report.html there')
    .action(async (weights: string, options: BacktestCommand) => {
      const { backtestMetrics, backtestWeights, renderBacktestSummary, writeBacktest } = await import(
        '../../experiment/index.js'
      );
      const context = createContext(options);
      const { commissionBps, minCommission, halfSpreadBps, impact, flatCostBps } = options;
      const outcome = await backtestWeights(
        weights,
        {
          ...options,
          fillPrice: options.fill,
          costs:
            flatCostBps === undefined
              ? {
                  model: 'full',
                  ...(commissionBps === undefined ? {} : { commissionBps }),
                  ...(minCommission === undefined ? {} : { minCommission }),
                  halfSpreadBps,
                  impactCoefficient: impact,
                }
              : { model: 'flat', flatRate: flatCostBps / 10_000 },
          quick: options.quick === true,
        },
        context,
      );
      const reportPath = options.out === undefined ? null : await writeBacktest(options.out, outcome);
      context.answer(
        () => renderBacktestSummary(outcome, reportPath),
        () => ({ ...backtestMetrics(outcome), reportPath }),
      );
    });
  describe(
    command,
    'candlenet backtest weights.csv --store stores/csi300 --out backtests/mine\n' +
      'candlenet backtest weights.parquet --store stores/csi300 --from 2022-01-04 --fill vwap --impact 0.7 --json',
  );
}
