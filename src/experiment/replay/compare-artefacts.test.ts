import { describe, expect, it } from 'vitest';
import { compareArtefacts } from './compare-artefacts.js';
import { renderReplay } from './render-replay.js';

const RUN = {
  'metrics.json': 'm',
  'equity.parquet': 'e',
  'predictions.parquet': 'p',
  'comparison/net/model.onnx': 'o',
};

describe('artefacts of a run and of its replay', () => {
  it('come in the order in which they are made, so that the first difference is the cause of the others', () => {
    const compared = compareArtefacts(RUN, { ...RUN, 'metrics.json': 'M', 'predictions.parquet': 'P' });
    expect(compared.map(({ path, same }) => [path, same])).toEqual([
      ['comparison/net/model.onnx', true],
      ['predictions.parquet', false],
      ['equity.parquet', true],
      ['metrics.json', false],
    ]);
  });

  it('differ where only one has them', () => {
    const { 'equity.parquet': _equity, ...fewer } = RUN;
    expect(compareArtefacts(RUN, fewer).find(({ same }) => !same)).toMatchObject({
      path: 'equity.parquet',
      found: null,
    });
    const more = compareArtefacts(fewer, RUN);
    expect(more.find(({ same }) => !same)).toMatchObject({ path: 'equity.parquet', expected: null });
    const text = renderReplay({
      ...{
        id: 'x-1',
        folder: 'x',
        identical: false,
        firstDifference: 'equity.parquet',
        artefacts: more,
        sameProgram: false,
      },
    });
    expect(text).toMatch(/equity\.parquet +NEW\n/);
    expect(text).toMatch(/metrics\.json +same bits\n/);
    expect(text).toContain('equity.parquet is the first that differs');
    expect(text).toContain('a difference may come from there');
  });
});
