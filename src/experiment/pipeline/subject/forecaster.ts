import {
  averageForecasts,
  type FoldRange,
  type PredictOptions,
  predictParts,
  type TrainingData,
} from '../../../training/index.js';
import { invariant } from '../../../util/index.js';

/** A deployable network as it stands from a session on, until the next of its member. */
export interface DatedNetwork {
  /** Session, as an index into the dates of the market; −1 for the network as it was trained. */
  readonly from: number;
  /** ONNX model. */
  readonly read: () => Uint8Array;
}

/** What forecasts one range of test sessions. */
export interface RangeForecaster {
  readonly test: FoldRange;
  /** Of each member its networks, by session. */
  readonly members: readonly (readonly DatedNetwork[])[];
  /** [sessions of the range][members] */
  readonly weights: readonly Float64Array[];
}

/** The networks of a fold with their dates and weights: whoever asks for a session is answered by what was there then. */
export type Forecaster = readonly RangeForecaster[];

/** The network of a member that stands on a session; the range's first where that lies before. */
function standingOn(networks: readonly DatedNetwork[], session: number): number {
  let k = 0;
  while (k + 1 < networks.length && networks[k + 1].from <= session) k++;
  return k;
}

/** The range of a session; the close before a range's first session belongs to it too. */
function rangeOn(ranges: Forecaster, session: number): number {
  const at = ranges.findIndex(({ test }) => session >= test.first && session <= test.last);
  return at >= 0 ? at : ranges.findIndex(({ test }) => session === test.first - 1);
}

/**
 * Outputs of one member on panel rows, [rows × classes], each by the network that stood on the row's session.
 * @param days sessions of the panel: row s·days + t is of session t
 * @param back how many updates earlier a network shall be; 0 is the one that stood, infinity the one first trained
 */
export async function memberOutputs(
  ranges: readonly { readonly test: FoldRange; readonly networks: readonly DatedNetwork[] }[],
  data: Pick<TrainingData, 'values' | 'features' | 'window' | 'classes'>,
  rows: Int32Array,
  days: number,
  options: PredictOptions,
  back = 0,
): Promise<Float32Array> {
  const chosen = ranges.map(({ networks }) => networks.map(() => [] as number[]));
  const forecaster = ranges.map(({ test }) => ({ test, members: [], weights: [] }));
  for (const [i, row] of rows.entries()) {
    const session = row % days;
    const r = rangeOn(forecaster, session);
    invariant(r >= 0, `session ${session} lies in no range of the test`);
    chosen[r][Math.max(0, standingOn(ranges[r].networks, session) - back)].push(i);
  }
  const asked = ranges.flatMap(({ networks }, r) =>
    networks.map(({ read }, k) => ({ model: read, places: chosen[r][k] })).filter(({ places }) => places.length > 0),
  );
  const parts = asked.map(({ model, places }) => ({ model, rows: Int32Array.from(places, (i) => rows[i]) }));
  const outputs = await predictParts(parts, data, options);
  if (asked.length === 1) return outputs[0];
  const { classes } = data;
  const all = new Float32Array(rows.length * classes);
  for (const [p, { places }] of asked.entries()) {
    for (const [j, i] of places.entries()) all.set(outputs[p].subarray(j * classes, (j + 1) * classes), i * classes);
  }
  return all;
}

/** The weights of the members on each row. */
export function weightsByRow(
  forecaster: readonly Pick<RangeForecaster, 'test' | 'weights'>[],
  rows: Int32Array,
  days: number,
): (i: number) => Float64Array {
  const ranges = forecaster.map((range) => ({ ...range, members: [] }));
  return (i) => {
    const session = rows[i] % days;
    const { test, weights } = ranges[rangeOn(ranges, session)];
    return weights[Math.max(0, session - test.first)];
  };
}

/** What a forecaster says of panel rows, [rows × classes]: its members' outputs, averaged with the weights of the session. */
export async function forecastRows(
  forecaster: Forecaster,
  data: Pick<TrainingData, 'values' | 'features' | 'window' | 'classes'>,
  rows: Int32Array,
  days: number,
  options: PredictOptions,
): Promise<Float32Array> {
  const members = forecaster[0].members.length;
  const outputs: Float32Array[] = [];
  for (let m = 0; m < members; m++) {
    const own = forecaster.map(({ test, members: all }) => ({ test, networks: all[m] }));
    outputs.push(await memberOutputs(own, data, rows, days, options));
  }
  if (members === 1) return outputs[0];
  return averageForecasts(outputs, data.classes, weightsByRow(forecaster, rows, days));
}
