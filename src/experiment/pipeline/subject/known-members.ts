import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EpochRecord, planUpdates } from '../../../training/index.js';
import { readInputFile } from '../../../util/index.js';
import type { ExperimentConfig } from '../../config/schema.js';
import type { Services } from '../../services.js';
import type { Prepared } from '../prepare.js';
import { type MemberFit, TRAINED_FILE, updateFile } from './fit-member.js';
import { memberFolder } from './fit-subject.js';
import { memberOutputs } from './forecaster.js';
import { type Combined, combineMembers } from './weigh.js';

/** A member as its files, or its fitting, leave it: all that its forecasts and its weight depend on. */
export interface KnownMember extends Pick<MemberFit, 'ranges'> {
  readonly validationLoss: number;
}

/** The members of a finished run, from the folder of one of its folds. @throws FILE_NOT_FOUND, FILE_UNREADABLE */
export function readMembers(prepared: Prepared, config: ExperimentConfig, folder: string): KnownMember[] {
  const { fold, bars, labels } = prepared;
  const { ensemble, online } = config;
  return Array.from({ length: ensemble?.members ?? 1 }, (_, m) => {
    const own = memberFolder(config, folder, m + 1);
    const network = (from: number, file: string) => ({ from, read: () => readFileSync(join(own, file)) });
    const first = network(-1, online === null ? 'model.onnx' : TRAINED_FILE);
    const chains =
      online === null
        ? fold.test.map((test) => ({ test, updates: [] }))
        : planUpdates(bars.dates, fold, online.every, labels.reachDays);
    return {
      ranges: chains.map(({ test, updates }) => ({
        test,
        networks: [
          first,
          ...updates
            .map(({ session }) => ({ session, file: updateFile(bars.dates[session]) }))
            .filter(({ file }) => existsSync(join(own, file)))
            .map(({ session, file }) => network(session, file)),
        ],
      })),
      validationLoss: leastValidationLoss(join(own, 'training.jsonl')),
    };
  });
}

function leastValidationLoss(path: string): number {
  const lines = new TextDecoder().decode(readInputFile(path, 'the log of a training')).trim().split('\n');
  return Math.min(...lines.map((line) => (JSON.parse(line) as EpochRecord).validationLoss));
}

/** What members forecast of the test rows together, as a run combines them. */
export async function forecastTogether(
  prepared: Prepared,
  config: ExperimentConfig,
  members: readonly KnownMember[],
  services: Services,
): Promise<Combined> {
  const { data, testRows, bars } = prepared;
  const { workers, provider } = config.training;
  const outputs: Float32Array[] = [];
  for (const { ranges } of members) {
    outputs.push(await memberOutputs(ranges, data, testRows, bars.dates.length, { workers, provider, ...services }));
  }
  const losses = members.map(({ validationLoss }) => validationLoss);
  return combineMembers(prepared, config, outputs, losses);
}
