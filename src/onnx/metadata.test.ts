import { describe, expect, it } from 'vitest';
import { Graph, relu } from '../tensor/index.js';
import { lower, type ModelMetadata, metadataProps, readModelMetadata } from './index.js';

const metadata: ModelMetadata = {
  modelName: 'cnn-lstm',
  window: 20,
  features: ['SMA_5', '换手率'],
  classes: ['buy', 'hold', 'sell'],
  scaler: { mean: [0.1, -1e-12], std: [1.5, 3e8], clip: 5 },
};

const model = (props: Readonly<Record<string, string>>) =>
  lower({ y: relu(new Graph().input('x', [2])) }, { name: 'test', metadata: props });

describe('the metadata of a model', () => {
  it('comes back as it was written', () => {
    expect(readModelMetadata(model(metadataProps(metadata)))).toEqual(metadata);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['is no ONNX file', new TextEncoder().encode('date,close\n2020-01-02,7'), /not an ONNX file, or cut short/],
    ['is cut short', model(metadataProps(metadata)).subarray(0, 60), /not an ONNX file, or cut short/],
    ['is someone else’s', model({ author: 'x' }), /no metadata "candlenet.modelName"/],
    ['is damaged', model({ 'candlenet.modelName': '{' }), /"candlenet.modelName" is not JSON/],
  ])('is refused where the file %s', (_, bytes, words) => {
    expect(() => readModelMetadata(bytes, 'm.onnx')).toThrow(words);
    expect(() => readModelMetadata(bytes, 'm.onnx')).toThrow(/^m\.onnx: /);
  });
});
