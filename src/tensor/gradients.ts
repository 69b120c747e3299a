import { CandlenetError } from '../util/index.js';
import { accumulate } from './accumulate.js';
import { filledLike } from './layout.js';
import type { Primitive, Tensor } from './primitives.js';
import { reachable, verify } from './program.js';
import { formatType } from './types.js';
import { VJP_RULES } from './vjp-rules.js';

type Differentiate = (y: Tensor, g: Tensor, node: Tensor) => readonly (Tensor | null)[];

function rule(tensor: Tensor): Differentiate {
  const found = VJP_RULES[tensor.op as Primitive] as Differentiate | undefined;
  if (!found) {
    throw new CandlenetError(
      'GRAPH_INVALID',
      `${tensor.op}, built at ${tensor.site}: belongs to a deployed model and has no derivative`,
    );
  }
  return found;
}

/** Each derivative has the type of what it is taken by: one that merely broadcasts to it would go unnoticed. */
function checkDerivatives({ op, inputs, site }: Tensor, parts: readonly (Tensor | null)[]): void {
  const fail = (problem: string): never => {
    throw new CandlenetError(
      'GRAPH_INVALID',
      `${op}(${inputs.map(formatType).join(', ')}), built at ${site}: ${problem}`,
    );
  };
  if (parts.length !== inputs.length) fail(`${parts.length} derivatives for ${inputs.length} inputs`);
  parts.forEach((part, i) => {
    const expected = formatType(inputs[i]);
    if (part && formatType(part) !== expected) fail(`derivative ${i} is ${formatType(part)}, should be ${expected}`);
  });
}

/**
 * The derivatives of a scalar by each tensor of `wrt`, by reverse-mode differentiation, as further nodes of its graph;
 * zeros where the loss does not depend on it. Throws `GRAPH_INVALID` if the loss is no scalar number or a tensor belongs to
 * another graph.
 */
export function gradients(loss: Tensor, wrt: readonly Tensor[]): Tensor[] {
  if (loss.shape.length !== 0 || loss.dtype === 'bool') {
    const found = `the loss, built at ${loss.site}, is ${formatType(loss)}`;
    throw new CandlenetError('GRAPH_INVALID', `${found}, not ${loss.dtype === 'bool' ? 'a number' : 'a scalar'}`);
  }
  const stranger = wrt.find(({ graph }) => graph !== loss.graph);
  if (stranger) {
    const found = `${stranger.op} ${formatType(stranger)}, built at ${stranger.site}`;
    throw new CandlenetError('GRAPH_INVALID', `${found}: belongs to another graph than the loss`);
  }
  verify({ loss });
  const order = reachable([loss]);
  const wanted = new Set(wrt);
  const depends = new Set<Tensor>();
  for (const tensor of order) {
    if (wanted.has(tensor) || tensor.inputs.some((input) => depends.has(input))) depends.add(tensor);
  }
  const contributions = new Map<Tensor, Tensor[]>();
  if (depends.has(loss)) {
    contributions.set(loss, [filledLike(loss, 1)]);
  }
  const derivatives = new Map<Tensor, Tensor>();

  for (const tensor of order.reverse()) {
    const received = contributions.get(tensor);
    if (!received) continue;
    tensor.graph.at(tensor.site, () => {
      const g = accumulate(received);
      derivatives.set(tensor, g);
      if (tensor.inputs.length === 0) return;
      const parts = rule(tensor)(tensor, g, tensor);
      checkDerivatives(tensor, parts);
      tensor.inputs.forEach((input, i) => {
        const part = parts[i];
        if (!part || !depends.has(input)) return;
        const list = contributions.get(input);
        if (list) list.push(part);
        else contributions.set(input, [part]);
      });
    });
  }

  const results = wrt.map((tensor) => derivatives.get(tensor) ?? filledLike(tensor, 0));
  verify(Object.fromEntries(results.map((tensor, i) => [String(i), tensor])));
  return results;
}
