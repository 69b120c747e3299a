import type { FunctionDefinition } from './definition.js';
import { group } from './definition.js';

const none = () => 0;

export const PRICE_TRANSFORMS: readonly FunctionDefinition[] = group('price', [
  {
    name: 'AVGPRICE',
    inputs: ['open', 'high', 'low', 'close'],
    lookback: none,
    step: () => (bar, out) => {
      out[0] = (bar[1] + bar[2] + bar[3] + bar[0]) / 4;
    },
  },
  {
    name: 'MEDPRICE',
    inputs: ['high', 'low'],
    lookback: none,
    step: () => (bar, out) => {
      out[0] = (bar[0] + bar[1]) / 2;
    },
  },
  {
    name: 'TYPPRICE',
    inputs: ['high', 'low', 'close'],
    lookback: none,
    step: () => (bar, out) => {
      out[0] = (bar[0] + bar[1] + bar[2]) / 3;
    },
  },
  {
    name: 'WCLPRICE',
    inputs: ['high', 'low', 'close'],
    lookback: none,
    step: () => (bar, out) => {
      out[0] = (bar[0] + bar[1] + bar[2] * 2) / 4;
    },
  },
]);
