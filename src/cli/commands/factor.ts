import type { Command } from 'commander';
import { createContext } from '../context.js';
import { dayOption, describe, positiveInteger } from '../options.js';

interface FactorCommand {
  readonly json?: boolean;
  readonly groups?: readonly string[];
  readonly config?: string;
  readonly alpha158?: boolean;
  readonly expression?: readonly string[];
  readonly expressions?: string;
  readonly index?: string;
  readonly horizon: number;
  readonly quantiles: number;
  readonly from?: number;
  readonly to?: number;
}

export function addFactor(program: Command): void {
  const command = program
    .command('factor')
    .description('the tear sheet of a factor, or a line each of several: IC, rank IC, decay, quantiles, turnover')
    .argument('<store>', 'market store')
    .option('--groups <names>', 'sets (paper, full), groups or columns, separated by commas', (text: string) =>
      text.split(',').map((name) => name.trim()),
    )
    .option('--config <file>', 'the features that a configuration asks for, among the members of its index')
    .option('--alpha158', 'Qlib’s set of 158 factors')
    .option(
      '--expression <name=formula>',
      'a factor expression, docs/expressions.md; may be given again',
      (text: string, before: readonly string[] = []) => [...before, text],
    )
    .option('--expressions <file>', 'factor expressions from a YAML file, name: formula')
    .option('--index <index>', 'judge among the members of this index on the day; by default among all stocks')
    .option('--horizon <sessions>', 'sessions a position is held', positiveInteger('--horizon'), 5)
    .option('--quantiles <count>', 'groups by score', positiveInteger('--quantiles'), 10)
    .option('--from <date>', 'first day whose scores are judged', dayOption('--from'))
    .option('--to <date>', 'last day, as of which the store is read', dayOption('--to'))
    .action(async (store: string, options: FactorCommand) => {
      const { factorJson, judgeFactors, renderFactors, requestFeatures } = await import('../../experiment/index.js');
      const context = createContext(options);
      const { horizon: horizonDays, quantiles, from, to } = options;
      const request = { ...requestFeatures(options), horizonDays, quantiles, from, to };
      const report = await judgeFactors(store, request, context);
      context.answer(
        () => renderFactors(report),
        () => factorJson(report),
      );
    });
  describe(
    command,
    'candlenet factor stores/csi300 --index csi300 --expression "reversal=mean(close, 5) / close - 1"\n' +
      'candlenet factor stores/csi300 --index csi300 --alpha158 --from 2020-01-01 --horizon 10',
  );
}
