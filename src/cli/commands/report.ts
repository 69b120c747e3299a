import type { Command } from 'commander';
import { createContext } from '../context.js';
import { describe, oneOf } from '../options.js';

interface ReportOptions {
  readonly json?: boolean;
  readonly runs: string;
  readonly language?: 'en' | 'zh';
}

export function addReport(program: Command): void {
  const command = program
    .command('report')
    .description('write the report of a finished run again, in English or Chinese, and print its summary')
    .argument('<run>', 'run, by id or path')
    .option('--runs <dir>', 'where run folders lie', 'runs')
    .option('--language <code>', 'en or zh; by default the configuration’s', oneOf('--language', ['en', 'zh']))
    .action(async (run: string, options: ReportOptions) => {
      const { renderRunReport } = await import('../../experiment/index.js');
      const { renderSummary } = await import('../../report/index.js');
      const context = createContext(options);
      const outcome = renderRunReport(options.runs, run, options.language);
      context.answer(
        () => renderSummary(outcome.report, { colour: context.colour, reportPath: outcome.reportPath }),
        () => outcome.summary,
      );
    });
  describe(command, 'candlenet report csi300-1f2e3d4c --language zh');
}
