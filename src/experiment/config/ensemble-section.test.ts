import { describe, expect, it } from 'vitest';
import { checkNetwork } from '../pipeline/network.js';
import { parseConfig } from './load.js';

const parse = (settings: object) =>
  parseConfig(
    {
      market: { store: 'a', index: 'b' },
      split: {
        train: ['2016-01-04', '2016-12-30'],
        validate: ['2017-01-02', '2017-05-31'],
        test: ['2017-06-01', '2017-10-31'],
      },
      ...settings,
    },
    'test',
  );

describe('ensemble and online', () => {
  it('are off unless asked for, and have defaults then', () => {
    expect(parse({})).toMatchObject({ ensemble: null, online: null });
    const { ensemble, online } = parse({ ensemble: {}, online: {} });
    expect(ensemble).toMatchObject({ members: 5, vary: ['seed', 'augmentation'], weighting: 'rolling' });
    expect(ensemble?.variants).toHaveLength(4);
    expect(online).toEqual({ every: 'month', epochs: 1, learningRate: 0.0001, replayShare: 0.5 });
  });

  it.each([
    [{ ensemble: { members: 1 } }, 'ensemble.members'],
    [{ ensemble: { weighting: 'best' } }, 'ensemble.weighting'],
    [{ ensemble: { variants: [{ noise: { sigma: 0 } }] } }, 'ensemble.variants'],
    [{ ensemble: { vary: [] } }, 'ensemble.vary'],
    [{ online: { every: 'week' } }, 'online.every'],
    [{ online: { replayShare: 1 } }, 'online.replayShare'],
    [{ online: { rate: 0.1 } }, 'rate'],
  ])('%j is refused by its key', (settings, key) => {
    expect(() => parse(settings)).toThrow(key);
  });

  it('refuses members that would be the same network', () => {
    expect(() => checkNetwork(parse({ ensemble: { members: 5, vary: ['augmentation'] } }))).toThrow('ensemble.vary');
    checkNetwork(parse({ ensemble: { members: 4, vary: ['augmentation'] } }));
  });
});
