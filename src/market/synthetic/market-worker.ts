import { parentPort, workerData } from 'node:worker_threads';
import { endListing } from './listings.js';
import type { MarketJob, MarketMessage, TruthCall } from './market-job.js';
import { prepareMarket } from './stage.js';
import { truthOfStocks } from './truth.js';

const send = (message: MarketMessage) => parentPort!.postMessage(message);
const guarded = (work: () => void) => {
  try {
    work();
  } catch (error) {
    send({ kind: 'error', message: error instanceof Error ? error.message : String(error) });
  }
};

guarded(() => {
  const { options, memory, truth, lastSessions, next } = workerData as MarketJob;
  const stage = prepareMarket(options, memory);
  const each = (counter: number, work: (number: number) => void) => {
    for (let number = Atomics.add(next, counter, 1); number < options.symbols; number = Atomics.add(next, counter, 1)) {
      work(number);
    }
  };
  parentPort!.once('message', ({ chance }: TruthCall) =>
    guarded(() => {
      const inputs = { options: stage.resolved, market: stage.market, bars: stage.bars };
      const tell = truthOfStocks(inputs, chance, truth!);
      each(1, (s) => tell(s, endListing(stage.drawn[s], lastSessions[s], stage.dates), stage.memoryOf(s)));
      send({ kind: 'done' });
    }),
  );
  each(0, (number) => {
    const { lastSession, events, eventDays, actions } = stage.simulate(number);
    lastSessions[number] = lastSession;
    send({ kind: 'simulated', number, events, eventDays, actions });
  });
  send({ kind: 'all-simulated' });
});
