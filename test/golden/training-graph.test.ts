import { expect, it } from 'vitest';
import type { Model } from '../../src/models/index.js';
import { dense, dropout } from '../../src/nn/index.js';
import { relu, reshape } from '../../src/tensor/index.js';
import { buildTrainingProgram } from '../../src/training/index.js';

it('a training graph prints as text: forward, loss and every gradient', () => {
  const model: Model = {
    name: 'small',
    build: (scope, x, classes) => {
      const [batch, window, features] = x.shape;
      const flat = reshape(x, [batch, window * features]);
      const hidden = relu(dense(scope.child('hidden'), flat, 5));
      return dense(scope.child('logits'), dropout(scope.child('drop'), hidden, 0.5), classes);
    },
  };
  const { text } = buildTrainingProgram(model, { batch: 4, window: 2, features: 3, classes: 3 });
  expect(text).toMatchInlineSnapshot(`
    "x: float32[4,2,3]
    target: float32[4,3]
    %0: float32[4,6] = reshape(x)
    hidden.kernel: float32[6,5]
    hidden.bias: float32[5]
    %1: float32[4,5] = matmul(%0, hidden.kernel)
    %2: float32[4,5] = add(%1, hidden.bias)
    %3: float32[4,5] = relu(%2)
    drop.mask: float32[4,5]
    %4: float32[4,5] = mul(%3, drop.mask)
    logits.kernel: float32[5,3]
    logits.bias: float32[3]
    %5: float32[4,3] = matmul(%4, logits.kernel)
    %6: float32[4,3] = add(%5, logits.bias)
    %7: float32[4,3] = logSoftmax(%6)
    %8: float32[4,3] = mul(target, %7)
    %9: float32[] = reduceSum(%8) axes=[0,1]
    %10: float32[] = neg(%9)
    %11: float32[] = mul(%10, 0.25)
    %12: float32[4,3] = mul(-0.25, target)
    %13: float32[4,3] = exp(%7)
    %14: float32[4,1] = reduceSum(%12) axes=[1] keepDims=true
    %15: float32[4,3] = mul(%13, %14)
    %16: float32[4,3] = sub(%12, %15)
    %17: float32[3] = reduceSum(%16) axes=[0]
    %18: float32[4,5] = matmul(%16, logits.kernel) transB=true
    %19: float32[5,3] = matmul(%4, %16) transA=true
    %20: float32[4,5] = mul(%18, drop.mask)
    %21: bool[4,5] = greater(%3, 0)
    %22: float32[4,5] = indicator(%21) dtype=float32
    %23: float32[4,5] = mul(%20, %22)
    %24: float32[5] = reduceSum(%23) axes=[0]
    %25: float32[6,5] = matmul(%0, %23) transA=true
    return loss=%11, logits=%6, d_hidden.kernel=%25, d_hidden.bias=%24, d_logits.kernel=%19, d_logits.bias=%17
    "
  `);
});
