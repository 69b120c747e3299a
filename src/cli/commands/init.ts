import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { CandlenetError, writeFileAtomically } from '../../util/index.js';
import { createContext } from '../context.js';
import { describe } from '../options.js';

interface InitOptions {
  readonly json?: boolean;
  readonly force?: boolean;
}

export function addInit(program: Command): void {
  const command = program
    .command('init')
    .description('write a commented configuration with every key and its default')
    .argument('[file]', 'where to write it', 'candlenet.yaml')
    .option('--force', 'replace the file when it is there')
    .action(async (file: string, options: InitOptions) => {
      const { CSI300_TEMPLATE, configTemplate } = await import('../../experiment/index.js');
      const context = createContext(options);
      if (existsSync(file) && options.force !== true) {
        throw new CandlenetError(
          'FILE_EXISTS',
          `${file}: is there already; give another name, or --force to replace it`,
        );
      }
      writeFileAtomically(file, configTemplate(CSI300_TEMPLATE));
      context.answer(
        () => `Wrote ${file}. Fill in market and split, then: candlenet run ${file} --dry-run`,
        () => ({ written: file }),
      );
    });
  describe(command, 'candlenet init my-experiment.yaml');
}
