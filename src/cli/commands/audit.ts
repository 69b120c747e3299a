import type { Command } from 'commander';
import { CandlenetError } from '../../util/index.js';
import { createContext } from '../context.js';
import { describe, positiveInteger, seedNumber } from '../options.js';

interface AuditCommand {
  readonly json?: boolean;
  readonly runs: string;
  readonly store?: string;
  readonly cuts: number;
  readonly seed: number;
  readonly workers?: number;
  readonly skipTraining?: boolean;
  readonly out?: string;
}

export function addAudit(program: Command): void {
  const command = program
    .command('audit')
    .description('remove the future, or turn it to noise, and see whether anything that was known before changes')
    .argument('<config>', 'configuration file')
    .option('--store <dir>', 'market store, in place of market.store')
    .option('--runs <dir>', 'where run folders lie', 'runs')
    .option('--cuts <n>', 'cut dates spread over the span; each period gets two more', positiveInteger('--cuts'), 5)
    .option('--seed <n>', 'of the cut dates and of the noise', seedNumber('--seed'), 1)
    .option('--workers <n>', 'worker threads, in place of training.workers', positiveInteger('--workers'))
    .option('--skip-training', 'without a finished run, leave out the network and all that follows from it')
    .option(
      '-o, --out <file>',
      'where the certificate goes; by default the run’s folder, or leak-certificate.json here',
    )
    .action(async (path: string, options: AuditCommand) => {
      const { auditExperiment, certificateJson, loadConfig, renderCertificate } = await import(
        '../../experiment/index.js'
      );
      const context = createContext(options);
      const { runs: runsFolder, store, cuts, seed, workers, skipTraining, out } = options;
      const loaded = loadConfig(path, { store, workers });
      const audit = await auditExperiment(loaded, { runsFolder, cuts, seed, skipTraining, out }, context);
      context.answer(
        () => renderCertificate(audit.certificate, audit.path),
        () => ({ path: audit.path, run: audit.run, ...JSON.parse(certificateJson(audit.certificate)) }),
      );
      const { verdict, first } = audit.certificate;
      if (verdict === 'clean') return;
      const what = first === null ? 'a check of provenance fails' : `${first.artefact}, ${first.column} looks ahead`;
      throw new CandlenetError('LOOKS_AHEAD', `${path}: ${what}, see ${audit.path}`);
    });
  describe(command, 'candlenet audit examples/csi300.yaml --cuts 3\ncandlenet audit experiment.yaml --json');
}
