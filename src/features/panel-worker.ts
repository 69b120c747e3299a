import { parentPort, workerData } from 'node:worker_threads';
import { familyOfRecipe } from './expressions/index.js';
import { selectFamilies } from './feature-set.js';
import { fillSymbol, placeColumns } from './fill-panel.js';
import type { PanelJob, PanelMessage } from './panel-job.js';

/** Taken at once: few enough that the threads end together. */
const SYMBOLS_AT_ONCE = 10;

const send = (message: PanelMessage) => parentPort!.postMessage(message);

try {
  const job = workerData as PanelJob;
  const builtIn = job.builtIn ? selectFamilies(job.featureSet, job.offer) : null;
  const placed = [
    // Families of the caller's own come after the built-in ones: the places are the same without them.
    ...(builtIn === null ? [] : placeColumns(builtIn.families, builtIn.wanted)),
    ...job.own.map(({ recipe, slots }) => ({ family: familyOfRecipe(recipe), slots })),
  ];
  const symbols = job.bars.symbols.length;
  for (;;) {
    const first = Atomics.add(job.next, 0, SYMBOLS_AT_ONCE);
    if (first >= symbols) break;
    const end = Math.min(symbols, first + SYMBOLS_AT_ONCE);
    for (let s = first; s < end; s++) fillSymbol(job, job.bars, s, placed);
    send({ kind: 'filled', count: end - first });
  }
  send({ kind: 'done' });
} catch (error) {
  send({ kind: 'error', message: error instanceof Error ? error.message : String(error) });
}
