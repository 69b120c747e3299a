import { parentPort } from 'node:worker_threads';
import { CandlenetError, invariant } from '../../util/index.js';
import { openInference, type Predictor } from './inference.js';
import type { TaskAnswer, TaskMessage, TaskName, Tasks } from './protocol.js';
import { openTrainer, type Trainer } from './trainer.js';

const port = parentPort;
invariant(port, 'this module runs as a worker thread');

let trainer: Trainer | null = null;
let predictor: Predictor | null = null;

const handlers: { [N in TaskName]: (request: Tasks[N]['request']) => Promise<Tasks[N]['reply']> } = {
  async openTraining(setup) {
    await trainer?.session.close();
    trainer = await openTrainer(setup);
    return trainer.session.choice;
  },
  async runSteps(plan) {
    invariant(trainer, 'runSteps before openTraining');
    return trainer.runSteps(plan);
  },
  async openInference(setup) {
    await predictor?.session.close();
    predictor = await openInference(setup);
    return predictor.session.choice;
  },
  async predict(job) {
    invariant(predictor, 'predict before openInference');
    await predictor.predict(job);
    return null;
  },
};

async function answer<N extends TaskName>({ id, name, request }: TaskMessage<N>): Promise<TaskAnswer> {
  try {
    return { id, reply: await handlers[name](request) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { id, error: { code: error instanceof CandlenetError ? error.code : 'RUNTIME_FAILED', message } };
  }
}

port.on('message', (message: TaskMessage) => {
  void answer(message).then((reply) => port.postMessage(reply));
});
