import { join } from 'node:path';
import { buildEnsembleModel, type FoldRange, type InitialWeights, memberOptions } from '../../../training/index.js';
import { writeFileAtomically } from '../../../util/index.js';
import type { ExperimentConfig } from '../../config/schema.js';
import { type Services, titled } from '../../services.js';
import { metadataOf, modelOf, trainableModel, trainingOptionsOf } from '../network.js';
import type { Prepared } from '../prepare.js';
import { fitMember, type MemberFit, type MemberPlaces } from './fit-member.js';
import { type Forecaster, memberOutputs } from './forecaster.js';
import { outcomeLoss } from './outcome-loss.js';
import { type Combined, combineMembers } from './weigh.js';

/** A member with what it forecast of the test rows, [test rows × classes]. */
export interface ForecastingMember extends MemberFit {
  readonly outputs: Float32Array;
  /** By the network as it was trained; the same array where nothing is updated. */
  readonly withoutUpdates: Float32Array;
  /** By the network as it stood before the update that its own session's had; the same where nothing is updated. */
  readonly oneUpdateEarlier: Float32Array;
}

/** The model in question on one fold: one network or several, updated or not. */
export interface SubjectFit {
  readonly members: readonly ForecastingMember[];
  readonly forecaster: Forecaster;
  /** [test rows × classes] */
  readonly probabilities: Float32Array;
  /** The same without the updates, the weights made anew; null where nothing is updated. */
  readonly withoutUpdates: Float32Array | null;
  /** Trainable numbers, of all members together. */
  readonly parameters: number;
  /** Wall time of all trainings and updates. */
  readonly seconds: number;
  /** What the provider was instead of the one asked for; null where there is nothing to say. */
  readonly note: string | null;
}

/** What the subject is compared with: it costs no training. */
export const WITHOUT_UPDATES = 'without-updates';
export const FIRST_MEMBER = 'first-member';

/** Where the files of member i lie, from 1; the only network of a run without an ensemble lies in the folder itself. */
export function memberFolder(config: Pick<ExperimentConfig, 'ensemble'>, folder: string, i: number): string {
  return config.ensemble === null ? folder : join(folder, 'ensemble', String(i));
}

/**
 * Trains the members one after the other, each through its updates, and forecasts the test rows. Writes `model.onnx`, one
 * network of all members with their last weights.
 * @param places null keeps everything in memory
 */
export async function fitSubject(
  prepared: Prepared,
  config: ExperimentConfig,
  places: MemberPlaces | null,
  services: Services,
): Promise<SubjectFit> {
  const { data, testRows, bars } = prepared;
  const { ensemble, online } = config;
  const { workers, provider } = config.training;
  const days = bars.dates.length;
  const metadata = metadataOf(prepared, config);
  const model = trainableModel(config, data, metadata);
  const all = ensemble === null ? [trainingOptionsOf(config)] : memberOptions(trainingOptionsOf(config), ensemble);
  let note: string | null = null;
  const onNote = (line: string) => {
    note = line;
    services.onNote?.(line);
  };
  const members: ForecastingMember[] = [];
  for (const [m, options] of all.entries()) {
    const title = `Member ${m + 1} of ${all.length}`;
    const own = all.length === 1 ? services : { ...services, progress: titled(services.progress, title) };
    const where = places && {
      folder: memberFolder(config, places.folder, m + 1),
      checkpoints:
        ensemble === null ? join(places.checkpoints, 'network') : join(places.checkpoints, 'ensemble', String(m + 1)),
    };
    const fit = await fitMember(prepared, config, model, options, where, own);
    const outputs = (back: number) =>
      memberOutputs(fit.ranges, data, testRows, days, { workers, provider, ...own, onNote }, back);
    const current = await outputs(0);
    const updated = fit.updates.length > 0;
    members.push({
      ...fit,
      outputs: current,
      withoutUpdates: updated ? await outputs(Number.POSITIVE_INFINITY) : current,
      oneUpdateEarlier: updated ? await outputs(1) : current,
    });
  }

  const losses = members.map(validationLoss);
  const combine = (outputsOf: (member: ForecastingMember) => Float32Array) =>
    combineMembers(prepared, config, members.map(outputsOf), losses);
  const combined = combine(({ outputs }) => outputs);
  const still = online === null ? null : combine(({ withoutUpdates }) => withoutUpdates);
  const deploy = (path: string, networks: readonly InitialWeights[], weights: Float64Array) => {
    if (places === null) return;
    const shape = { window: data.window, features: data.features, classes: data.classes };
    const onnx =
      networks.length === 1
        ? model.inference(networks[0].params, networks[0].state)
        : buildEnsembleModel(modelOf(config), shape, networks, weights, metadata);
    writeFileAtomically(join(places.folder, path), onnx);
  };
  if (ensemble !== null) {
    const lasts = members.map(({ last }) => last);
    deploy('model.onnx', lasts, lastWeights(combined));
    deploy(join('comparison', FIRST_MEMBER, 'model.onnx'), lasts.slice(0, 1), lastWeights(combined));
  }
  if (still !== null) {
    const first = members.map(({ trained }) => trained);
    deploy(join('comparison', WITHOUT_UPDATES, 'model.onnx'), first, lastWeights(still));
  }
  return {
    members,
    forecaster: combined.ranges.map(({ test, weights: own }, r) => ({
      test,
      members: members.map(({ ranges }) => ranges[r].networks),
      weights: own,
    })),
    probabilities: combined.probabilities,
    withoutUpdates: still?.probabilities ?? null,
    parameters: members.length * model.program.paramCount,
    seconds: members.reduce((sum, { seconds }) => sum + seconds, 0),
    note,
  };
}

const lastWeights = ({ ranges }: Combined): Float64Array => ranges[ranges.length - 1].weights.slice(-1)[0];

export const validationLoss = ({ trained: { history, bestEpoch } }: Pick<MemberFit, 'trained'>): number =>
  history[bestEpoch - 1].validationLoss;

/** Mean loss of outputs on the labelled test rows of some sessions; NaN where none is labelled. */
export function lossWithin(
  prepared: Pick<Prepared, 'testRows' | 'labels' | 'bars' | 'target'>,
  config: ExperimentConfig,
  outputs: Float32Array,
  sessions: FoldRange,
): number {
  const { testRows, bars } = prepared;
  const days = bars.dates.length;
  const loss = outcomeLoss(prepared, config);
  const places = Array.from(testRows.keys()).filter((i) => {
    const session = testRows[i] % days;
    return session >= sessions.first && session <= sessions.last && loss.known(i);
  });
  return loss.mean(outputs, places);
}
