import { lower } from '../onnx/index.js';
import { computing, type DType, type Outputs, type Shape, sizeOf, type TensorOf } from '../tensor/index.js';
import { CandlenetError } from '../util/index.js';
import type { Provider, ProviderChoice } from './providers.js';
import { openSession, type TensorData, type Tensors, typedTensor } from './session.js';
import { openedOn, usableProvider } from './usable-provider.js';

/** Values of a tensor in row-major order; a bool is 1 or 0. */
export type TensorValues = TensorData;

export interface CompileOptions {
  /** Default `cpu`. */
  readonly provider?: Provider;
}

/** A graph ready to be run on values. */
export interface CompiledGraph<Names extends string = string> {
  readonly choice: ProviderChoice;
  /**
   * The outputs for the given inputs, by name; all in row-major order, as long as the graph's shapes say. Nothing is kept
   * from one run to the next. The calling thread waits while ONNX Runtime computes.
   * @throws ARGUMENT_INVALID for an input that is missing, unknown or of another length, or when the graph is closed;
   * RUNTIME_FAILED
   */
  run(inputs: Readonly<Record<string, ArrayLike<number>>>): Promise<Record<Names, TensorValues>>;
  /** Frees the session; the graph cannot be run afterwards. Closing it again does nothing. */
  close(): Promise<void>;
}

const allocate = (dtype: DType, length: number): TensorValues => {
  if (dtype === 'bool') return new Uint8Array(length);
  return dtype === 'float64' ? new Float64Array(length) : new Float32Array(length);
};

function copyIn(name: string, values: ArrayLike<number> | undefined, dtype: DType, shape: Shape): TensorValues {
  const expected = `${sizeOf(shape)} values of ${dtype}[${shape.join(',')}]`;
  if (values === undefined)
    throw new CandlenetError('ARGUMENT_INVALID', `input "${name}": not given; expected ${expected}`);
  if (values.length !== sizeOf(shape)) {
    throw new CandlenetError(
      'ARGUMENT_INVALID',
      `input "${name}": found ${values.length} values, expected ${expected}`,
    );
  }
  const copy = allocate(dtype, values.length);
  copy.set(values);
  return copy;
}

/**
 * Loads a graph into ONNX Runtime, to be run on plain arrays: what a gradient, a layer or a whole model gives in numbers.
 * It runs on one thread, so that the same inputs give the same bits. Training has its own engine (`candlenet/training`).
 * @throws ARGUMENT_INVALID where there is no output, GRAPH_INVALID when the graph is not sound, CONFIG_INVALID for an
 * unknown provider, RUNTIME_FAILED
 */
export async function compile<const O extends Outputs>(
  outputs: O,
  { provider = 'cpu' }: CompileOptions = {},
): Promise<CompiledGraph<keyof O & string>> {
  if (Object.keys(outputs).length === 0) {
    throw new CandlenetError('ARGUMENT_INVALID', 'compile: found no outputs, expected one or more tensors by name');
  }
  const model = lower(outputs, { name: 'graph' });
  const usable = await usableProvider(provider);
  const session = await openSession(model, usable.provider);
  const inputs = new Map(
    computing(Object.values(outputs))
      .filter((tensor): tensor is TensorOf<'input'> & typeof tensor => tensor.op === 'input')
      .map(({ attributes }) => [attributes.name, attributes]),
  );
  let isClosed = false;

  return {
    choice: openedOn(usable, session.choice),
    async run(given) {
      if (isClosed) throw new CandlenetError('ARGUMENT_INVALID', 'run: the graph is closed; compile it once more');
      const unknown = Object.keys(given).find((name) => !inputs.has(name));
      if (unknown !== undefined) {
        const known = [...inputs.keys()].join(', ') || 'none: the graph has no inputs';
        throw new CandlenetError(
          'ARGUMENT_INVALID',
          `input "${unknown}": the outputs do not depend on it; expected ${known}`,
        );
      }
      const feeds: Tensors = {};
      for (const [name, { dtype, shape }] of inputs) {
        feeds[name] = typedTensor(dtype, copyIn(name, given[name], dtype, shape), shape);
      }
      const results: Record<string, TensorValues> = {};
      const fetches: Tensors = {};
      for (const [name, { dtype, shape }] of Object.entries(outputs)) {
        results[name] = allocate(dtype, sizeOf(shape));
        fetches[name] = typedTensor(dtype, results[name], shape);
      }
      await session.run(feeds, fetches);
      return results as Record<keyof O & string, TensorValues>;
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      await session.close();
    },
  };
}
