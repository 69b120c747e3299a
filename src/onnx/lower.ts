import { type Outputs, reachable, type Tensor, type TensorOf, verify } from '../tensor/index.js';
import { CandlenetError } from '../util/index.js';
import { fold, type Values } from './fold.js';
import { fuse } from './fusion.js';
import { type Emitter, LOWERING_RULES } from './lowering-rules.js';
import { ModelWriter } from './model-writer.js';

export interface LowerOptions {
  readonly name: string;
  /** Inputs whose values are stored in the model, by name. */
  readonly stored?: ReadonlyMap<string, Values>;
  /**
   * A length that stands for "any": lengths that are a multiple of it are left open as `batch`. A large prime, so that no
   * other length can be one.
   */
  readonly openLength?: number;
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface Lowered {
  readonly model: Uint8Array;
  /** Operators, before ONNX Runtime optimises. */
  readonly nodeCount: number;
}

type AnyRule = (emit: Emitter, node: Tensor, inputs: readonly string[], output: string) => void;

/** Lengths as other programs see them: numbers, or `batch` where left open. */
function openLengths(shape: readonly number[], open: number | undefined): (number | string)[] {
  return shape.map((length) => (open && length % open === 0 ? 'batch' : length));
}

/** Ops that would write the length of the batch into the model, were it left open. */
function fixesBatch(node: Tensor, open: number): boolean {
  if (node.op === 'broadcastTo') return node.shape.some((length) => length % open === 0);
  if (node.op === 'slice' || node.op === 'pad') return node.inputs[0].shape[node.attributes.axis] % open === 0;
  return false;
}

/**
 * The graph of `outputs` as an ONNX model. Inputs and outputs keep their names; dead code is left out. Throws
 * `GRAPH_INVALID` if the graph is not sound, or an op would fix the batch that is to stay open.
 */
export function lower(outputs: Outputs, { name, stored, openLength, metadata }: LowerOptions): Lowered {
  verify(outputs);
  const results = Object.entries(outputs);
  const nodes = reachable(Object.values(outputs));
  const writer = new ModelWriter();
  const names = new Map<Tensor, string>();
  const known = new Map<Tensor, Values>();

  for (const [outputName, tensor] of results) if (!isLeaf(tensor) && !names.has(tensor)) names.set(tensor, outputName);

  for (const node of nodes) {
    if (node.op === 'input') {
      names.set(node, node.attributes.name);
      const values = stored?.get(node.attributes.name);
      if (values) known.set(node, values);
      else writer.input(node.attributes.name, node.attributes.dtype, openLengths(node.shape, openLength));
    } else if (node.op === 'constant') {
      names.set(node, writer.constant(node.attributes.dtype, [], [node.attributes.value]));
    } else {
      const values = fold(node, known);
      if (values) known.set(node, values);
      if (!names.has(node)) names.set(node, values ? foldedName(node) : `%${node.id}`);
    }
  }
  const nameOf = (tensor: Tensor): string => names.get(tensor)!;

  const emitter: Emitter = {
    node: (opType, inputs, outputNames, attributes) => writer.node(opType, inputs, outputNames, attributes),
    ints: (values) => writer.ints(values),
    openShape: (shape) => (openLength ? shape.map((length) => (length % openLength === 0 ? -1 : length)) : shape),
  };
  const computed = nodes.filter((node) => !known.has(node) && !isLeaf(node));
  for (const [node, values] of known) {
    const used = computed.some((other) => (other.inputs as readonly Tensor[]).includes(node));
    if (used || results.some(([, tensor]) => tensor === node)) {
      writer.initializer(nameOf(node), 'float32', node.shape, values);
    }
  }

  const { absorbed, gemm, split } = fuse(computed, new Set(Object.values(outputs)));
  for (const node of computed) {
    if (openLength && fixesBatch(node, openLength)) {
      throw new CandlenetError('GRAPH_INVALID', `${node.op}, built at ${node.site}: would fix the length of the batch`);
    }
    if (absorbed.has(node)) continue;
    const fused = gemm.get(node);
    const pieces = split.get(node);
    if (fused) {
      const { inputs, attributes } = fused.product;
      writer.node('Gemm', [...inputs, fused.addend].map(nameOf), [nameOf(node)], {
        transA: { int: Number(attributes.transA) },
        transB: { int: Number(attributes.transB) },
      });
    } else if (pieces) {
      const { axis } = pieces[0].attributes;
      const lengths = writer.ints(pieces.map((piece) => piece.attributes.length));
      writer.node(
        'Split',
        [nameOf(pieces[0].inputs[0]), lengths],
        pieces.map((piece) => nameOf(piece as Tensor)),
        {
          axis: { int: axis },
        },
      );
    } else {
      const rule = LOWERING_RULES[node.op as keyof typeof LOWERING_RULES] as AnyRule;
      rule(emitter, node, node.inputs.map(nameOf), nameOf(node));
    }
  }

  for (const [outputName, tensor] of results) {
    if (nameOf(tensor) !== outputName) writer.node('Identity', [nameOf(tensor)], [outputName]);
    writer.output(outputName, tensor.dtype, openLengths(tensor.shape, openLength));
  }
  return { model: writer.finish(name, metadata), nodeCount: writer.nodeCount };
}

const isLeaf = (tensor: Tensor): tensor is Extract<Tensor, TensorOf<'input' | 'constant'>> =>
  tensor.op === 'input' || tensor.op === 'constant';

/** Such as `conv1.kernel_transposed`. */
function foldedName(node: Tensor): string {
  let source: Tensor = node;
  while (source.inputs.length === 1) source = source.inputs[0];
  return `${source.op === 'input' ? source.attributes.name : '%'}_${node.op}_${node.id}`;
}
