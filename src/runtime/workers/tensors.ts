import type { TrainingProgram } from '../../onnx/index.js';
import { type FloatBuffer, type Tensors, tensorOver } from '../session.js';

/** The tensors one worker feeds and fetches, over plain memory: ONNX Runtime refuses shared buffers. */
export interface WorkerTensors {
  readonly x: FloatBuffer;
  readonly target: FloatBuffer;
  /** One per random input. */
  readonly random: readonly FloatBuffer[];
  readonly params: FloatBuffer;
  readonly gradients: FloatBuffer;
  readonly statistics: FloatBuffer;
  readonly loss: FloatBuffer;
  readonly feeds: Tensors;
  readonly fetches: Tensors;
}

const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

export function allocateTensors(program: TrainingProgram): WorkerTensors {
  const { batch, window, features, classes } = program;
  const x = new Float32Array(batch * window * features);
  const target = new Float32Array(batch * classes);
  const random = program.inputs.random.map((input) => new Float32Array(sizeOf(input.shape)));
  const params = new Float32Array(program.paramCount);
  const gradients = new Float32Array(program.paramCount);
  const statistics = new Float32Array(program.stateCount);
  const loss = new Float32Array(1);

  const feeds: Tensors = {
    [program.inputs.x]: tensorOver(x, [batch, window, features]),
    [program.inputs.target]: tensorOver(target, [batch, classes]),
  };
  const fetches: Tensors = { [program.outputs.loss]: tensorOver(loss, []) };
  program.inputs.random.forEach((input, i) => {
    feeds[input.name] = tensorOver(random[i], input.shape);
  });
  program.params.forEach((slot, i) => {
    const end = slot.offset + slot.size;
    feeds[slot.name] = tensorOver(params.subarray(slot.offset, end), slot.shape);
    fetches[program.outputs.gradients[i]] = tensorOver(gradients.subarray(slot.offset, end), slot.shape);
  });
  program.state.forEach((slot, i) => {
    const view = statistics.subarray(slot.offset, slot.offset + slot.size);
    fetches[program.outputs.statistics[i]] = tensorOver(view, slot.shape);
  });
  return { x, target, random, params, gradients, statistics, loss, feeds, fetches };
}
