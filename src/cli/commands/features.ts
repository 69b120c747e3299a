import type { Command } from 'commander';
import { createContext } from '../context.js';
import { dayOption, describe } from '../options.js';

interface FeaturesCommand {
  readonly json?: boolean;
  readonly out: string;
  readonly groups?: readonly string[];
  readonly config?: string;
  readonly alpha158?: boolean;
  readonly expression?: readonly string[];
  readonly expressions?: string;
  readonly index?: string;
  readonly from?: number;
  readonly to?: number;
}

export function addFeatures(program: Command): void {
  const command = program
    .command('features')
    .description('compute the features of a market store, as of each day, and write them as Parquet')
    .argument('<store>', 'market store')
    .requiredOption('-o, --out <file>', 'Parquet file to write: symbol, date, and a column a feature')
    .option(
      '--groups <names>',
      'sets (paper, full), groups or columns, separated by commas; paper where nothing else is asked for',
      (text: string) => text.split(',').map((name) => name.trim()),
    )
    .option('--config <file>', 'the features that a configuration asks for, ranked among the members of its index')
    .option('--alpha158', 'Qlib’s set of 158 factors')
    .option(
      '--expression <name=formula>',
      'a factor expression, docs/expressions.md; may be given again',
      (text: string, before: readonly string[] = []) => [...before, text],
    )
    .option('--expressions <file>', 'factor expressions from a YAML file, name: formula')
    .option('--index <index>', 'rank fundamentals among the members of this index on the day; by default among all')
    .option('--from <date>', 'first day to write', dayOption('--from'))
    .option('--to <date>', 'last day to write, and the day as of which the store is read', dayOption('--to'))
    .action(async (store: string, options: FeaturesCommand) => {
      const { exportFeatures, renderFeatureTable, requestFeatures } = await import('../../experiment/index.js');
      const context = createContext(options);
      const { out, from, to } = options;
      const summary = await exportFeatures(store, out, { ...requestFeatures(options), from, to }, context);
      context.answer(
        () => renderFeatureTable(summary),
        () => summary,
      );
    });
  describe(
    command,
    'candlenet features stores/csi300 -o features.parquet --index csi300\n' +
      'candlenet features stores/csi300 -o rsi.parquet --groups price-volume,RSI --from 2020-01-01\n' +
      'candlenet features stores/csi300 -o alpha.parquet --alpha158 --expression "reversal=mean(close, 5) / close - 1"\n' +
      'candlenet features stores/csi300 -o inputs.parquet --config experiment.yaml',
  );
}
