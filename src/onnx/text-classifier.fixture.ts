import { ModelWriter, type OpenShape } from './model-writer.js';

/** Parameters of a mean of embeddings followed by a dense layer. */
export interface EmbeddingBag {
  /** [vocabulary × width] */
  readonly embedding: Float32Array;
  /** [width × classes] */
  readonly dense: Float32Array;
  readonly bias: Float32Array;
  readonly vocabulary: number;
  readonly width: number;
  readonly classes: number;
}

/** The classifier as an ONNX model with BERT's inputs: ids and mask, [batch × tokens] of int64; `logits` [batch × classes]. */
export function embeddingBagModel(
  { embedding, dense, bias, vocabulary, width, classes }: EmbeddingBag,
  names: { readonly ids?: string; readonly output?: string } = {},
): Uint8Array {
  const { ids = 'input_ids', output = 'logits' } = names;
  const writer = new ModelWriter();
  const tokens: OpenShape = ['batch', 'tokens'];
  writer.input(ids, 'int64', tokens);
  writer.input('attention_mask', 'int64', tokens);
  writer.initializer('embedding', 'float32', [vocabulary, width], embedding);
  writer.initializer('dense', 'float32', [width, classes], dense);
  writer.initializer('bias', 'float32', [classes], bias);
  const axis = (at: number) => writer.ints([at]);
  writer.node('Gather', ['embedding', ids], ['embedded']);
  writer.node('Cast', ['attention_mask'], ['mask'], { to: { int: 1 } });
  writer.node('Unsqueeze', ['mask', axis(2)], ['mask3']);
  writer.node('Mul', ['embedded', 'mask3'], ['masked']);
  writer.node('ReduceSum', ['masked', axis(1)], ['sum'], { keepdims: { int: 0 } });
  writer.node('ReduceSum', ['mask', axis(1)], ['length'], { keepdims: { int: 1 } });
  writer.node('Div', ['sum', 'length'], ['mean']);
  writer.node('MatMul', ['mean', 'dense'], ['product']);
  writer.node('Add', ['product', 'bias'], [output]);
  writer.output(output, 'float32', ['batch', classes]);
  return writer.finish('embedding-bag');
}

/** Logits of one text, in double precision. */
export function embeddingBagLogits(bag: EmbeddingBag, ids: readonly number[]): number[] {
  const mean = meanOf(bag, ids);
  return Array.from({ length: bag.classes }, (_, c) =>
    mean.reduce((sum, value, w) => sum + value * bag.dense[w * bag.classes + c], bag.bias[c]),
  );
}

function meanOf({ embedding, width }: EmbeddingBag, ids: readonly number[]): number[] {
  return Array.from(
    { length: width },
    (_, w) => ids.reduce((sum, id) => sum + embedding[id * width + w], 0) / ids.length,
  );
}

/** Cross-entropy by stochastic gradient descent, one text after another. */
export function trainEmbeddingBag(
  bag: EmbeddingBag,
  samples: readonly { readonly ids: readonly number[]; readonly label: number }[],
  epochs: number,
  rate: number,
): void {
  const { embedding, dense, bias, width, classes } = bag;
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const { ids, label } of samples) {
      const mean = meanOf(bag, ids);
      const logits = embeddingBagLogits(bag, ids);
      const largest = Math.max(...logits);
      const weights = logits.map((value) => Math.exp(value - largest));
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const slope = weights.map((weight, c) => weight / total - (c === label ? 1 : 0));
      for (let w = 0; w < width; w++) {
        let back = 0;
        for (let c = 0; c < classes; c++) {
          back += dense[w * classes + c] * slope[c];
          dense[w * classes + c] -= rate * mean[w] * slope[c];
        }
        for (const id of ids) embedding[id * width + w] -= (rate * back) / ids.length;
      }
      for (let c = 0; c < classes; c++) bias[c] -= rate * slope[c];
    }
  }
}
