import { expect, it } from 'vitest';
import { lower } from '../onnx/index.js';
import { Graph, relu } from '../tensor/index.js';
import { openSession, typedTensor } from './session.js';

it('a run that ONNX Runtime refuses is a coded error of one line', async () => {
  const session = await openSession(lower({ y: relu(new Graph().input('x', [3])) }, { name: 'graph' }), 'cpu');
  const of = (length: number) => typedTensor('float32', new Float32Array(length), [length]);
  await session.run({ x: of(3) }, { y: of(3) });
  await expect(session.run({ x: of(4) }, { y: of(3) })).rejects.toMatchObject({
    code: 'RUNTIME_FAILED',
    message: expect.stringMatching(/^ONNX Runtime failed in a run: .*dimensions.*$/),
  });
  await session.close();
});
