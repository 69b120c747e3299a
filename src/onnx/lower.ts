import { computing, type Outputs, readBy, type Tensor, verify } from '../tensor/index.js';
import { CandlenetError } from '../util/index.js';
import { foldStored, type Values } from './fold.js';
import { fuse } from './fusion.js';
import { LOWERING_RULES, type LoweringRule } from './lowering-rules.js';
import { ModelWriter } from './model-writer.js';
import { openLengths, requireOpenBatch } from './open-batch.js';

export interface LowerOptions {
  readonly name: string;
  /** Inputs whose values are stored in the model, by name. */
  readonly stored?: ReadonlyMap<string, Values>;
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * The graph of `outputs` as an ONNX model. Inputs and outputs keep their names, lengths that come from `OPEN_BATCH` are
 * left open, dead code is left out. Throws `GRAPH_INVALID` if the graph is not sound, an output has the name of an input,
 * or an op works along an open batch.
 */
export function lower(outputs: Outputs, { name, stored = new Map(), metadata }: LowerOptions): Uint8Array {
  verify(outputs);
  const results = Object.entries(outputs);
  const nodes = computing(Object.values(outputs));
  const known = foldStored(nodes, stored);
  const computed = nodes.filter((node) => !known.has(node) && !isLeaf(node));
  requireOpenBatch(computed);

  const writer = new ModelWriter();
  const names = nameTensors(nodes, outputs, writer);
  const nameOf = (tensor: Tensor): string => names.get(tensor)!;
  for (const node of nodes) {
    if (node.op === 'input' && !known.has(node)) writer.input(nameOf(node), node.dtype, openLengths(node.shape));
  }
  const read = new Set([...computed.flatMap(readBy), ...Object.values(outputs)]);
  for (const [node, values] of known) {
    if (read.has(node)) writer.initializer(nameOf(node), 'float32', node.shape, values);
  }

  const { absorbed, gemm, split } = fuse(computed, new Set(Object.values(outputs)));
  for (const node of computed) {
    const sum = gemm.get(node);
    const pieces = split.get(node);
    if (absorbed.has(node)) continue;
    if (sum) {
      const { transA, transB } = sum.product.attributes;
      const flags = { transA: { int: Number(transA) }, transB: { int: Number(transB) } };
      writer.node('Gemm', [...sum.product.inputs, sum.addend].map(nameOf), [nameOf(node)], flags);
    } else if (pieces) {
      const [{ inputs, attributes }] = pieces;
      const lengths = writer.ints(pieces.map((piece) => piece.attributes.length));
      writer.node('Split', [nameOf(inputs[0]), lengths], pieces.map(nameOf), { axis: { int: attributes.axis } });
    } else {
      const rule = LOWERING_RULES[node.op as keyof typeof LOWERING_RULES] as LoweringRule;
      rule(writer, node, node.inputs.map(nameOf), nameOf(node));
    }
  }

  for (const [outputName, tensor] of results) {
    if (nameOf(tensor) !== outputName) writer.node('Identity', [nameOf(tensor)], [outputName]);
    writer.output(outputName, tensor.dtype, openLengths(tensor.shape));
  }
  return writer.finish(name, metadata);
}

const isLeaf = ({ op }: Tensor): boolean => op === 'input' || op === 'constant';

/** Outputs and inputs under their own names, the rest under names that no input can have. */
function nameTensors(nodes: readonly Tensor[], outputs: Outputs, writer: ModelWriter): Map<Tensor, string> {
  const names = new Map<Tensor, string>();
  for (const [name, tensor] of Object.entries(outputs)) {
    if (!isLeaf(tensor) && !names.has(tensor)) names.set(tensor, name);
  }
  for (const node of nodes) {
    if (node.op === 'input') {
      const { name } = node.attributes;
      if (Object.hasOwn(outputs, name) && outputs[name] !== node) {
        throw new CandlenetError('GRAPH_INVALID', `output "${name}" has the name of an input, built at ${node.site}`);
      }
      names.set(node, name);
    } else if (node.op === 'constant') {
      names.set(node, writer.constant(node.attributes.dtype, [], [node.attributes.value]));
    } else if (!names.has(node)) names.set(node, `${parameterOf(node)}%${node.id}`);
  }
  return names;
}

/** The input that a chain of one-input ops starts from, so that a rearranged parameter is known by its name. */
function parameterOf(node: Tensor): string {
  let source = node;
  while (source.inputs.length === 1) source = source.inputs[0];
  return source.op === 'input' ? source.attributes.name : '';
}
