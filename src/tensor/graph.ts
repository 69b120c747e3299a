import { CandlenetError } from '../util/index.js';
import type { GraphBuilder, Op, Signatures, Tensor, TensorOf } from './primitives.js';
import { inferType } from './shape-rules.js';
import { callSite } from './site.js';
import { type FloatType, formatType, type Shape, type TensorType } from './types.js';

/** JSON has no infinities. */
const writeAny = (_: string, value: unknown) => (typeof value === 'number' ? String(value) : value);

/**
 * A define-then-run graph. Nodes are immutable and in order of construction; the same operation on the same inputs is
 * built once (common subexpressions never arise). Each node is checked against its shape rule as it is built.
 */
export class Graph implements GraphBuilder {
  readonly #nodes: Tensor[] = [];
  readonly #known = new Map<string, Tensor>();
  readonly #names = new Set<string>();
  #site: string | null = null;

  get nodes(): readonly Tensor[] {
    return this.#nodes;
  }

  /** A value given at run time. Throws `GRAPH_INVALID` if the name is taken. */
  input(name: string, shape: Shape, dtype: FloatType = 'float32'): Tensor {
    if (this.#names.has(name)) {
      throw new CandlenetError('GRAPH_INVALID', `input "${name}", built at ${callSite()}: the name is taken`);
    }
    const tensor = this.apply('input', [], { name, dtype, shape });
    this.#names.add(name);
    return tensor;
  }

  constant(value: number, dtype: FloatType): Tensor {
    return this.apply('constant', [], { value, dtype });
  }

  /**
   * The tensor of `op` on `inputs`. Throws `GRAPH_INVALID` naming the op, the shapes and the caller's line where the
   * shape rule objects or an input belongs to another graph.
   */
  apply<P extends Op>(op: P, inputs: Signatures[P]['inputs'], attributes: Signatures[P]['attributes']): Tensor {
    // Two derivatives written by hand cannot be told to be the same.
    const key =
      op === 'custom' ? null : `${op}|${inputs.map((input) => input.id)}|${JSON.stringify(attributes, writeAny)}`;
    const known = key === null ? undefined : this.#known.get(key);
    if (known && inputs.every((input) => input.graph === this)) return known;

    const site = this.#site ?? callSite();
    const type = this.#typeOf(op, inputs, attributes, site);
    const node: TensorOf<P> = {
      graph: this,
      id: this.#nodes.length,
      op,
      inputs,
      attributes,
      dtype: type.dtype,
      shape: type.shape,
      site,
    };
    const tensor = node as unknown as Tensor;
    this.#nodes.push(tensor);
    if (key !== null) this.#known.set(key, tensor);
    return tensor;
  }

  check<P extends Op>(op: P, inputs: Signatures[P]['inputs'], attributes: Signatures[P]['attributes']): void {
    this.#typeOf(op, inputs, attributes, null);
  }

  #typeOf<P extends Op>(
    op: P,
    inputs: Signatures[P]['inputs'],
    attributes: Signatures[P]['attributes'],
    site: string | null,
  ): TensorType {
    const type = inputs.every((input) => input.graph === this)
      ? inferType(op, inputs, attributes)
      : 'an input belongs to another graph';
    if (typeof type !== 'string') return type;
    const call = `${op}(${inputs.map(formatType).join(', ')})`;
    throw new CandlenetError('GRAPH_INVALID', `${call}, built at ${site ?? this.#site ?? callSite()}: ${type}`);
  }

  /** Builds on behalf of an earlier node: a derivative is blamed on the line of what it differentiates. */
  at<T>(site: string, build: () => T): T {
    const outer = this.#site;
    this.#site = site;
    try {
      return build();
    } finally {
      this.#site = outer;
    }
  }
}
