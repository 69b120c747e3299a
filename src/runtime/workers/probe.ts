import { lower } from '../../onnx/index.js';
import { Graph, relu } from '../../tensor/index.js';
import type { EffectiveProvider } from '../providers.js';
import { tensorOver, tryProvider } from '../session.js';

/** A process of its own: runs one operator on the provider named in the arguments, and says what is missing. */
const provider = process.argv[2] as EffectiveProvider;
const model = lower({ y: relu(new Graph().input('x', [2])) }, { name: 'probe' });
const y = Float32Array.of(Number.NaN, Number.NaN);
try {
  const session = await tryProvider(model, provider);
  await session.run({ x: tensorOver(Float32Array.of(-1, 2), [2]) }, { y: tensorOver(y, [2]) });
  process.stdout.write(y[0] === 0 && y[1] === 2 ? 'works' : 'missing it computes wrongly');
} catch (error) {
  process.stdout.write(`missing ${error instanceof Error ? error.message : String(error)}`);
}
