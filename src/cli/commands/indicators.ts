import type { Command } from 'commander';
import { createContext } from '../context.js';
import { describe } from '../options.js';

interface IndicatorsOptions {
  readonly json?: boolean;
  readonly out: string;
  readonly only?: string;
  readonly functions?: string;
  readonly all?: boolean;
}

export function addIndicators(program: Command): void {
  const command = program
    .command('indicators')
    .description('technical indicators of a CSV file of one instrument’s bars, with TA-Lib’s values')
    .argument('<file>', 'CSV with date and open, high, low, close, volume, as far as needed')
    .requiredOption('-o, --out <file>', 'CSV or .parquet to write: date and a column for each output')
    .option('--only <names>', 'some of the model’s 32 outputs: SMA,RSI,MACD_HIST')
    .option('--functions <list>', 'functions with their parameters: "SMA(10),MACD(5, 20),STOCH(slowk_matype=1)"')
    .option('--all', 'every function, with its defaults')
    .action(async (file: string, options: IndicatorsOptions) => {
      const { renderIndicatorSummary, writeIndicators } = await import('../../experiment/index.js');
      const context = createContext(options);
      const summary = await writeIndicators(file, options.out, options);
      context.answer(
        () => renderIndicatorSummary(summary),
        () => summary,
      );
    });
  describe(command, 'candlenet indicators bars.csv -o indicators.csv --functions "SMA(10),RSI(7)"');
}
