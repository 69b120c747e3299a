import { broadcastable, readBy, type Tensor } from '../tensor/index.js';

type Node<P extends Tensor['op']> = Extract<Tensor, { op: P }>;

/**
 * Several nodes that one ONNX operator computes. Fusion changes how a graph is written, never what it means.
 */
export interface Fusion {
  /** The nodes that are not written by themselves. */
  readonly absorbed: ReadonlySet<Tensor>;
  /** A product plus something that fits its shape is one Gemm. */
  readonly gemm: ReadonlyMap<Tensor, { readonly product: Node<'matmul'>; readonly addend: Tensor }>;
  /** Slices that tile a tensor are the outputs of one Split, written at the first of them. */
  readonly split: ReadonlyMap<Tensor, readonly Node<'slice'>[]>;
}

/** `nodes` in order, `wanted` those whose values leave the graph. */
export function fuse(nodes: readonly Tensor[], wanted: ReadonlySet<Tensor>): Fusion {
  const uses = new Map<Tensor, number>();
  for (const node of nodes) for (const input of readBy(node)) uses.set(input, (uses.get(input) ?? 0) + 1);
  const absorbed = new Set<Tensor>();

  const gemm = new Map<Tensor, { product: Node<'matmul'>; addend: Tensor }>();
  for (const node of nodes) {
    if (node.op !== 'add') continue;
    for (const [product, addend] of [node.inputs, [node.inputs[1], node.inputs[0]]]) {
      if (product.op !== 'matmul' || uses.get(product) !== 1 || wanted.has(product)) continue;
      if (product.shape.length !== 2 || !broadcastable(addend.shape, product.shape)) continue;
      gemm.set(node, { product, addend });
      absorbed.add(product);
      break;
    }
  }

  const split = new Map<Tensor, readonly Node<'slice'>[]>();
  const sliced = new Map<string, Node<'slice'>[]>();
  for (const node of nodes) {
    if (node.op !== 'slice') continue;
    const key = `${node.inputs[0].id}|${node.attributes.axis}`;
    sliced.set(key, [...(sliced.get(key) ?? []), node]);
  }
  for (const pieces of sliced.values()) {
    if (pieces.length < 2 || !tiles(pieces)) continue;
    const ordered = [...pieces].sort((a, b) => a.attributes.start - b.attributes.start);
    split.set(pieces[0], ordered);
    for (const piece of pieces.slice(1)) absorbed.add(piece);
  }
  return { absorbed, gemm, split };
}

function tiles(pieces: readonly Node<'slice'>[]): boolean {
  let end = 0;
  for (const { attributes } of [...pieces].sort((a, b) => a.attributes.start - b.attributes.start)) {
    if (attributes.start !== end) return false;
    end += attributes.length;
  }
  return end === pieces[0].inputs[0].shape[pieces[0].attributes.axis];
}
