// The engine by itself: a two-layer network fitted to a sine. node examples/tensor.mjs
// The loss is a graph, its gradients are further nodes of it, and ONNX Runtime runs both on plain arrays.
import { createRng } from 'candlenet';
import { compile } from 'candlenet/runtime';
import { add, Graph, gradients, matmul, print, reduceMean, square, sub, tanh } from 'candlenet/tensor';

const POINTS = 64;
const HIDDEN = 16;
const SHAPES = { w1: [1, HIDDEN], b1: [HIDDEN], w2: [HIDDEN, 1], b2: [1] };
const NAMES = Object.keys(SHAPES);

const graph = new Graph();
const x = graph.input('x', [POINTS, 1]);
const y = graph.input('y', [POINTS, 1]);
const params = NAMES.map((name) => graph.input(name, SHAPES[name]));
const [w1, b1, w2, b2] = params;
const prediction = add(matmul(tanh(add(matmul(x, w1), b1)), w2), b2);
const loss = reduceMean(square(sub(prediction, y)));
const slopes = gradients(loss, params);
const outputs = { loss, ...Object.fromEntries(NAMES.map((name, i) => [`d_${name}`, slopes[i]])) };
console.log(print(outputs));

const rng = createRng(1, 'example');
const inputs = Float32Array.from({ length: POINTS }, (_, i) => -3 + (6 * i) / (POINTS - 1));
const values = { x: inputs, y: inputs.map(Math.sin) };
for (const name of NAMES) {
  const size = SHAPES[name].reduce((a, b) => a * b);
  values[name] = Float32Array.from({ length: size }, () => rng.normal());
}

const { run, close } = await compile(outputs);
for (let step = 0; step <= 2000; step++) {
  const result = await run(values);
  if (step % 500 === 0) console.log(`step ${step}: mean squared error ${result.loss[0].toFixed(5)}`);
  for (const name of NAMES) values[name] = values[name].map((value, i) => value - 0.05 * result[`d_${name}`][i]);
}
await close();
