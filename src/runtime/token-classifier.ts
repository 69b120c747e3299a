import './no-telemetry.js';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { CandlenetError } from '../util/index.js';
import { providerReason } from './providers.js';

/** A model that reads token ids and gives one value a class. */
export interface TokenClassifier {
  /** One value a class of one text. @throws CLASSIFIER_INVALID */
  run(ids: readonly number[]): Promise<Float32Array>;
  close(): Promise<void>;
}

/** What models of BERT's kind call their inputs, and what a text without padding and pair has in each place. */
const INPUTS: Readonly<Record<string, (ids: readonly number[]) => readonly number[]>> = {
  input_ids: (ids) => ids,
  attention_mask: (ids) => ids.map(() => 1),
  token_type_ids: (ids) => ids.map(() => 0),
  position_ids: (ids) => ids.map((_, at) => at),
};

/**
 * Loads a text classifier as Hugging Face exports it: inputs [1 × T] of int64 or int32 by the names above, `input_ids` among them;
 * the output `logits`, or the only one, [1 × classes] of float32. It runs on the CPU, on one thread, one text at a time: in a
 * batch a text would be padded to its neighbours, and its last bits would depend on them.
 * @param classes how many the output must have
 * @throws FILE_NOT_FOUND, CLASSIFIER_INVALID
 */
export async function openTokenClassifier(path: string, classes: number): Promise<TokenClassifier> {
  const session = await open(path);
  const types = new Map(session.inputMetadata.map((input) => [input.name, input.isTensor ? input.type : 'no tensor']));
  for (const [name, type] of types) {
    if (!(name in INPUTS)) {
      throw invalid(`${path}: found the input "${name}", expected none but ${Object.keys(INPUTS).join(', ')}`);
    }
    if (type !== 'int64' && type !== 'int32') {
      throw invalid(`${path}: input "${name}": found ${type}, expected int64 or int32`);
    }
  }
  if (!types.has('input_ids')) {
    throw invalid(`${path}: found the inputs ${[...types.keys()].join(', ') || 'none'}, expected input_ids among them`);
  }
  const outputs = session.outputNames;
  const output = outputs.length === 1 ? outputs[0] : outputs.find((name) => name === 'logits');
  if (output === undefined) {
    throw invalid(`${path}: found the outputs ${outputs.join(', ')}, expected one, or one called logits`);
  }

  return {
    async run(ids) {
      const feeds: Record<string, Tensor> = {};
      for (const [name, type] of types) {
        const values = INPUTS[name](ids);
        feeds[name] =
          type === 'int64'
            ? new Tensor('int64', BigInt64Array.from(values, BigInt), [1, ids.length])
            : new Tensor('int32', Int32Array.from(values), [1, ids.length]);
      }
      let found: Tensor;
      try {
        found = (await session.run(feeds, [output]))[output] as Tensor;
      } catch (error) {
        const said = providerReason(error instanceof Error ? error.message : String(error));
        throw invalid(`${path}: ONNX Runtime failed on a text of ${ids.length} tokens: ${said}`, error);
      }
      if (!(found.data instanceof Float32Array) || found.dims.length !== 2 || found.dims[1] !== classes) {
        throw invalid(
          `${path}: output "${output}": found ${found.type}[${found.dims.join(' × ')}], expected float32[1 × ${classes}], one value a class`,
        );
      }
      return found.data;
    },
    close: () => session.release(),
  };
}

const invalid = (message: string, cause?: unknown) =>
  new CandlenetError('CLASSIFIER_INVALID', message, cause === undefined ? {} : { cause });

/** From its path, so that weights in files beside it are found. */
async function open(path: string): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(path, {
      executionProviders: ['cpu'],
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      logSeverityLevel: 4,
    });
  } catch (error) {
    const said = providerReason(error instanceof Error ? error.message : String(error));
    throw invalid(`${path}: ONNX Runtime refuses the model: ${said}`, error);
  }
}
