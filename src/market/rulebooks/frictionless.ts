import type { Rulebook } from './types.js';

/**
 * A market without rules: fractions of a share, no limits, no duties, no settlement. What a portfolio earns here has a
 * closed form, which is what it is for: tests, and the cost-free line beside a real back-test.
 */
export const FRICTIONLESS: Rulebook = {
  name: 'frictionless',
  title: 'A market without rules',
  currency: '',
  knownTo: null,
  close: { zone: 'UTC', minutes: 15 * 60 },
  rules: [
    { rule: 'lot-size', board: 'all', from: '1900-01-01', to: null, value: 0, source: 'by definition' },
    { rule: 'minimum-order', board: 'all', from: '1900-01-01', to: null, value: 0, source: 'by definition' },
  ],
};
