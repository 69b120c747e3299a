import { expect, it } from 'vitest';
import { candidateProviders, PROVIDERS, providerNote } from './providers.js';

it('every provider falls back to the CPU, and says so when it was asked for by name', () => {
  for (const provider of PROVIDERS) expect(candidateProviders(provider).at(-1)).toBe('cpu');
  expect(providerNote('cuda', 'cpu', 'no CUDA library')).toBe(
    'provider cuda is not available here (no CUDA library); running on cpu',
  );
  expect(providerNote('auto', 'cpu', 'no CUDA library')).toBeNull();
  expect(providerNote('cpu', 'cpu', '')).toBeNull();
});
