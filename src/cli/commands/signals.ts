import type { Command } from 'commander';
import { writeFileAtomically } from '../../util/index.js';
import { createContext } from '../context.js';
import { dayOption, describe, nonNegative } from '../options.js';

interface SignalsCommand {
  readonly json?: boolean;
  readonly runs: string;
  readonly store?: string;
  readonly date?: number;
  readonly capital?: number;
  readonly holdings?: string;
  readonly out?: string;
}

export function addSignals(program: Command): void {
  const command = program
    .command('signals')
    .description('the next session’s orders of a finished run: its model, its policy, what is held, the market’s rules')
    .argument('<run>', 'run, by id or path')
    .option('--runs <dir>', 'where run folders lie', 'runs')
    .option('--store <dir>', 'market store, in place of the run’s')
    .option('--date <date>', 'session whose close the signals are of; by default the store’s last', dayOption('--date'))
    .option(
      '--capital <amount>',
      'cash at hand beside the holdings; by default the run’s capital, or 0 with holdings',
      nonNegative('--capital'),
    )
    .option('--holdings <file>', 'CSV with symbol, shares, and if need be available: shares that may be sold tomorrow')
    .option('-o, --out <file>', 'write the sheet as CSV')
    .action(async (run: string, options: SignalsCommand) => {
      const { renderSheet, sheetCsv, signalSheet } = await import('../../experiment/index.js');
      const context = createContext(options);
      const { runs: runsFolder, store, date, capital: cash, holdings: holdingsFile } = options;
      const sheet = await signalSheet(run, { runsFolder, store, date, cash, holdingsFile }, context);
      if (options.out !== undefined) writeFileAtomically(options.out, sheetCsv(sheet));
      context.answer(
        () => renderSheet(sheet),
        () => sheet,
      );
    });
  describe(
    command,
    'candlenet signals csi300-1f2e3d4c --capital 1000000 -o orders.csv\n' +
      'candlenet signals csi300-1f2e3d4c --holdings held.csv --capital 52000 --json',
  );
}
