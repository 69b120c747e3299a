import { CandlenetError } from '../util/index.js';
import type { Op, Tensor } from './primitives.js';
import { inferType } from './shape-rules.js';
import { formatType, sameShape } from './types.js';

/** What is wanted of a graph: tensors under the names the outside knows them by. */
export type Outputs = Readonly<Record<string, Tensor>>;

/** What a node computes with: a derivative written by hand names inputs that only the way back needs. */
export const readBy = (node: Tensor): readonly Tensor[] =>
  node.op === 'custom' ? node.inputs.slice(0, 1) : node.inputs;

/** The nodes it takes to compute the outputs, inputs first: everything else is dead code. */
export const computing = (outputs: Iterable<Tensor>): Tensor[] => closure(outputs, readBy);

/** The nodes the outputs depend on, inputs first, those of derivatives written by hand among them. */
export const reachable = (outputs: Iterable<Tensor>): Tensor[] => closure(outputs, ({ inputs }) => inputs);

function closure(outputs: Iterable<Tensor>, inputsOf: (node: Tensor) => readonly Tensor[]): Tensor[] {
  const seen = new Set<Tensor>();
  const stack = [...outputs];
  for (let tensor = stack.pop(); tensor; tensor = stack.pop()) {
    if (seen.has(tensor)) continue;
    seen.add(tensor);
    stack.push(...inputsOf(tensor));
  }
  return [...seen].sort((a, b) => a.id - b.id);
}

/**
 * Checks everything the outputs depend on: one graph, inputs before uses, every type as its rule gives it, input names
 * distinct. Throws `GRAPH_INVALID` naming the op, the shapes and where it was built.
 */
export function verify(outputs: Outputs): void {
  const names = new Set<string>();
  let graph: Tensor['graph'] | null = null;
  for (const tensor of reachable(Object.values(outputs))) {
    const fail = (problem: string): never => {
      const call = `${tensor.op}(${tensor.inputs.map(formatType).join(', ')}) → ${formatType(tensor)}`;
      throw new CandlenetError('GRAPH_INVALID', `${call}, built at ${tensor.site}: ${problem}`);
    };
    graph ??= tensor.graph;
    if (tensor.graph !== graph) fail('belongs to another graph');
    if (tensor.inputs.some((input) => input.id >= tensor.id)) fail('uses a tensor built after it');
    const type = inferType<Op>(tensor.op, tensor.inputs, tensor.attributes);
    if (typeof type === 'string') fail(type);
    else if (type.dtype !== tensor.dtype || !sameShape(type.shape, tensor.shape)) fail(`should be ${formatType(type)}`);
    if (tensor.op === 'input') {
      if (names.has(tensor.attributes.name)) fail(`the name "${tensor.attributes.name}" is taken`);
      names.add(tensor.attributes.name);
    }
  }
}
