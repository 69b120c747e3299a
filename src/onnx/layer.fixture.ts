import { type Mode, Scope, type Sequence } from '../nn/index.js';
import { type FloatType, Graph, reshape, type Tensor, transpose } from '../tensor/index.js';
import { zip } from './oracle.fixture.js';
import { type Dense, expectClose, expectGradientsOf, normalArray, runnable } from './run-graph.fixture.js';

/** A layer from samples [batch, steps, channels]. */
export type Layer = (scope: Scope, x: Tensor) => Tensor;

/** A sequence as samples [batch, steps, channels] again. */
export function samplesOf(scope: Scope, { value, batch, steps, channels }: Sequence): Tensor {
  if (scope.mode === 'deployment') return transpose(value, [0, 2, 1]);
  return transpose(reshape(value, [steps, batch, channels]), [1, 0, 2]);
}

/** The layer's graph, with random values for everything it declares. */
export function builtLayer(layer: Layer, x: Dense, mode: Mode, dtype: FloatType) {
  const graph = new Graph();
  const scope = new Scope(graph, { mode, dtype });
  const input = graph.input('x', x.shape, dtype);
  const y = layer(scope, input);
  const feeds: Record<string, Dense> = { x };
  for (const { name, shape } of [...scope.params, ...scope.random]) feeds[name] = normalArray(shape, name);
  for (const { name, shape } of scope.state)
    feeds[name] = zip((value) => 0.5 + value * value, normalArray(shape, name));
  return { scope, y, feeds, inputs: [input, ...scope.paramTensors] };
}

async function run(layer: Layer, x: Dense, mode: Mode, dtype: FloatType = 'float64') {
  const { y, feeds } = builtLayer(layer, x, mode, dtype);
  return { y: (await (await runnable({ y }))(feeds)).y, feeds };
}

/** Values against the definition, derivatives against differences, and the deployed operator against both. */
export async function expectLayer(
  layer: Layer,
  x: Dense,
  expected: (feeds: Record<string, Dense>) => Dense,
  tolerance = 1e-13,
): Promise<void> {
  const { y, feeds } = await run(layer, x, 'training');
  expectClose(y, expected(feeds), tolerance, 'training');
  const { y: result, inputs, feeds: values } = builtLayer(layer, x, 'training', 'float64');
  await expectGradientsOf(result, inputs, values);
  const evaluated = await run(layer, x, 'evaluation');
  expectClose((await run(layer, x, 'deployment', 'float32')).y, evaluated.y, 1e-5, 'deployed');
}
