import { Command, CommanderError } from 'commander';
import { CandlenetError, candlenetVersion, nearest } from '../util/index.js';
import { addAudit } from './commands/audit.js';
import { addBacktest } from './commands/backtest.js';
import { addData } from './commands/data.js';
import { addDemo } from './commands/demo.js';
import { addFactor } from './commands/factor.js';
import { addFeatures } from './commands/features.js';
import { addImport } from './commands/import.js';
import { addIndicators } from './commands/indicators.js';
import { addInit } from './commands/init.js';
import { addPaper } from './commands/paper.js';
import { addReplay } from './commands/replay.js';
import { addReport } from './commands/report.js';
import { addRun } from './commands/run.js';
import { addRuns } from './commands/runs.js';
import { addSignals } from './commands/signals.js';
import { addSynth } from './commands/synth.js';
import { addTune } from './commands/tune.js';
import { addUpdate } from './commands/update.js';
import { describeFailure } from './failure.js';

export function buildProgram(): Command {
  const program = new Command('candlenet')
    .description('Would a deep network have known what to buy here, and would anyone have made money from it?')
    .version(candlenetVersion, '-v, --version')
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  program.addHelpText('after', '\nExample:\n  candlenet demo\n');
  for (const add of [
    addDemo,
    addSynth,
    addImport,
    addUpdate,
    addData,
    addIndicators,
    addInit,
    addRun,
    addTune,
    addRuns,
    addPaper,
    addReport,
    addReplay,
    addBacktest,
    addSignals,
    addAudit,
    addFeatures,
    addFactor,
  ])
    add(program);
  program.commands.forEach(inheritBehaviour);
  // What follows an unknown command is that command's, whatever it is.
  program
    .argument('[command...]')
    .allowUnknownOption()
    .action((words: string[]) => {
      if (words.length === 0) return program.outputHelp();
      throw unknownWord(
        words,
        program.commands.map((command) => command.name()),
      );
    });
  return program;
}

function unknownWord(words: readonly string[], commands: readonly string[]): CandlenetError {
  if (words[0].startsWith('-')) return new CandlenetError('ARGUMENT_INVALID', `unknown option '${words[0]}'`);
  const near = nearest(words[0], commands);
  const expected = near === null ? `expected one of ${commands.join(', ')}` : `did you mean '${near}'?`;
  return new CandlenetError('ARGUMENT_INVALID', `unknown command '${words[0]}'; ${expected}`);
}

/** Sub-commands throw instead of ending the process, and leave the message to us. */
function inheritBehaviour(command: Command): void {
  command.exitOverride().configureOutput({ writeErr: () => {} });
  command.commands.forEach(inheritBehaviour);
}

/** Runs one command line. @returns the exit status: 0 done, 1 a check failed or stopped, 2 bad input, 3 a defect */
export async function runCli(args: readonly string[]): Promise<number> {
  try {
    await buildProgram().parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const { line, status, detail } = describeFailure(error);
    process.stderr.write(`${line}\n`);
    if (detail !== null) process.stderr.write(`${detail}\n`);
    return status;
  }
}
