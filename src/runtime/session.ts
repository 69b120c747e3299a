import './no-telemetry.js';
import { env, InferenceSession, Tensor } from 'onnxruntime-node';
import { CandlenetError } from '../util/index.js';
import {
  candidateProviders,
  type EffectiveProvider,
  type Provider,
  type ProviderChoice,
  providerNote,
  providerReason,
} from './providers.js';

// What ONNX Runtime would print is thrown as well, and told in one line.
env.logLevel = 'fatal';

export type FloatBuffer = Float32Array<ArrayBuffer>;
export type Tensors = Record<string, Tensor>;

/** A model loaded on one thread. `run` writes into the tensors of `fetches`; it throws `RUNTIME_FAILED`. */
export interface Session {
  readonly choice: ProviderChoice;
  run(feeds: Tensors, fetches: Tensors): Promise<void>;
  close(): Promise<void>;
}

/** A tensor over `data`, which stays the caller's: what is written there later is what the next run reads. */
export function tensorOver(data: FloatBuffer, shape: readonly number[]): Tensor {
  return new Tensor('float32', data, shape);
}

/** A tensor over values of another type than float32. */
export function typedTensor(dtype: Tensor.Type, data: TensorData, shape: readonly number[]): Tensor {
  return new Tensor(dtype, data as Float32Array, shape);
}

export type TensorData = Float32Array | Float64Array | Uint8Array;

/** A session on one provider and no other, on one thread. Throws whatever ONNX Runtime throws. */
export const tryProvider = (model: Uint8Array, provider: EffectiveProvider): Promise<InferenceSession> =>
  InferenceSession.create(model, {
    executionProviders: [provider],
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });

/**
 * Loads an ONNX model with one thread: parallelism is one session per worker thread, which keeps the order of every
 * sum fixed. Falls back to the CPU when the provider asked for cannot be had. Denormals are left alone: ONNX Runtime
 * flushes them only on the thread of a process's first session, and workers would differ.
 * @throws RUNTIME_FAILED
 */
export async function openSession(model: Uint8Array, provider: Provider): Promise<Session> {
  let reason = '';
  for (const candidate of candidateProviders(provider)) {
    try {
      const session = await tryProvider(model, candidate);
      return {
        choice: { provider: candidate, note: providerNote(provider, candidate, reason) },
        async run(feeds, fetches) {
          try {
            await session.run(feeds, fetches);
          } catch (error) {
            const said = providerReason(error instanceof Error ? error.message : String(error));
            throw new CandlenetError('RUNTIME_FAILED', `ONNX Runtime failed in a run: ${said}`, { cause: error });
          }
        },
        close: () => session.release(),
      };
    } catch (error) {
      reason = providerReason(error instanceof Error ? error.message : String(error));
    }
  }
  throw new CandlenetError('RUNTIME_FAILED', `ONNX Runtime refuses the model: ${reason}`);
}
