import type { Command } from 'commander';
import { CandlenetError } from '../../util/index.js';
import { createContext } from '../context.js';
import { describe } from '../options.js';

interface ReplayCommand {
  readonly json?: boolean;
  readonly runs: string;
  readonly store?: string;
}

export function addReplay(program: Command): void {
  const command = program
    .command('replay')
    .description(
      'make a finished run again in a temporary place and compare the hash of every artefact; exit 1 if one differs',
    )
    .argument('<run>', 'run, by id or path')
    .option('--runs <dir>', 'where run folders lie', 'runs')
    .option('--store <dir>', 'where its market store lies now, in place of where it lay')
    .action(async (run: string, options: ReplayCommand) => {
      const { renderReplay, replayRun } = await import('../../experiment/index.js');
      const context = createContext(options);
      const { runs: runsFolder, store } = options;
      const replay = await replayRun(run, { runsFolder, store }, context);
      context.answer(
        () => renderReplay(replay),
        () => replay,
      );
      if (replay.identical) return;
      throw new CandlenetError(
        'REPLAY_DIFFERS',
        `${run}: ${replay.firstDifference} differs, expected the bits that the run's manifest has the hash of`,
      );
    });
  describe(command, 'candlenet replay csi300-1f2e3d4c');
}
