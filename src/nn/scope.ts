import {
  type FloatType,
  type Graph,
  type Initializer,
  type ParamSlot,
  type RandomInput,
  type Shape,
  type StateSlot,
  sizeOf,
  type Tensor,
} from '../tensor/index.js';
import { CandlenetError } from '../util/index.js';

/**
 * What a model is being built for: `training` (primitives, statistics of the batch, dropout), `evaluation` (the same
 * primitives with running statistics, no dropout), `deployment` (standard operators that other programs know).
 */
export type Mode = 'training' | 'evaluation' | 'deployment';

/** Everything layers declare while they build, in order of declaration; shared by a scope and its children. */
interface Declarations {
  readonly params: { readonly slot: ParamSlot; readonly tensor: Tensor }[];
  /** The value of the batch while training, the running one otherwise. */
  readonly state: { readonly slot: StateSlot; readonly tensor: Tensor | null }[];
  readonly random: { readonly slot: RandomInput; readonly tensor: Tensor }[];
  readonly shown: { readonly name: string; readonly tensor: Tensor }[];
}

export interface ScopeOptions {
  readonly mode: Mode;
  /** float64 only to check gradients. */
  readonly dtype?: FloatType;
}

/** A named place in a graph where layers declare parameters, running statistics and random inputs. */
export class Scope {
  readonly graph: Graph;
  readonly mode: Mode;
  readonly dtype: FloatType;
  readonly #path: string;
  readonly #declared: Declarations;
  /** Nothing is declared any more; what was is given again. */
  readonly #again: boolean;

  constructor(
    graph: Graph,
    { mode, dtype = 'float32' }: ScopeOptions,
    path = '',
    declared?: Declarations,
    again = false,
  ) {
    this.graph = graph;
    this.mode = mode;
    this.dtype = dtype;
    this.#path = path;
    this.#declared = declared ?? { params: [], state: [], random: [], shown: [] };
    this.#again = again;
  }

  /** A scope whose names start with `name.` */
  child(name: string): Scope {
    return new Scope(this.graph, this, `${this.#path}${name}.`, this.#declared, this.#again);
  }

  /**
   * The same place for building the same layers once more on another input: they share parameters and random masks with
   * the first time, running statistics outside training, and only the first time's batch statistics are recorded. Throws `GRAPH_INVALID` for what was not
   * declared then.
   */
  again(): Scope {
    return new Scope(this.graph, this, this.#path, this.#declared, true);
  }

  /** Declares a trainable tensor. Throws `GRAPH_INVALID` if the name is taken. */
  param(name: string, shape: Shape, initializer: Initializer): Tensor {
    const fullName = this.#path + name;
    if (this.#again) return declaredBefore(this.#declared.params, fullName, shape);
    this.#refuseStatistic(fullName);
    const tensor = this.graph.input(fullName, shape, this.dtype);
    const slot = { name: fullName, shape, offset: end(this.#declared.params), size: sizeOf(shape), initializer };
    this.#declared.params.push({ slot, tensor });
    return tensor;
  }

  /**
   * Declares a running statistic that starts at `initial`. While training it is updated from `batch` and null is
   * returned; otherwise the running value is. Throws `GRAPH_INVALID` if the name is taken.
   */
  running(name: string, initial: number, momentum: number, shape: Shape, batch: Tensor | null): Tensor | null {
    const fullName = this.#path + name;
    const isTraining = this.mode === 'training';
    if (this.#again) {
      const first = declaredBefore(this.#declared.state, fullName, shape);
      return isTraining ? null : first;
    }
    this.#refuseStatistic(fullName);
    if (isTraining && this.graph.nodes.some(({ op, attributes }) => op === 'input' && attributes.name === fullName)) {
      throw taken(fullName);
    }
    const slot = { name: fullName, shape, offset: end(this.#declared.state), size: sizeOf(shape), initial, momentum };
    const tensor = isTraining ? batch : this.graph.input(fullName, shape, this.dtype);
    this.#declared.state.push({ slot, tensor });
    return isTraining ? null : tensor;
  }

  /** While training no input of the graph stands for a running statistic, so that the graph does not know its name. */
  #refuseStatistic(fullName: string): void {
    if (this.mode === 'training' && this.#declared.state.some(({ slot }) => slot.name === fullName)) {
      throw taken(fullName);
    }
  }

  /** Declares an input that the host fills with inverted dropout masks. */
  dropoutMask(name: string, shape: Shape, keep: number): Tensor {
    const fullName = this.#path + name;
    if (this.#again) return declaredBefore(this.#declared.random, fullName, shape);
    this.#refuseStatistic(fullName);
    const tensor = this.graph.input(fullName, shape, this.dtype);
    this.#declared.random.push({ slot: { name: fullName, shape, kind: 'dropout', keep }, tensor });
    return tensor;
  }

  /** Puts a value on view for whoever explains the model, such as attention weights; it changes nothing that is computed. */
  show(name: string, tensor: Tensor): void {
    if (!this.#again) this.#declared.shown.push({ name: this.#path + name, tensor });
  }

  /** What layers put on view, in order. */
  get shown(): readonly { readonly name: string; readonly tensor: Tensor }[] {
    return this.#declared.shown;
  }

  get params(): readonly ParamSlot[] {
    return this.#declared.params.map(({ slot }) => slot);
  }

  get paramTensors(): readonly Tensor[] {
    return this.#declared.params.map(({ tensor }) => tensor);
  }

  get state(): readonly StateSlot[] {
    return this.#declared.state.map(({ slot }) => slot);
  }

  /** This batch's statistics, one per state slot; training only. */
  get statistics(): readonly Tensor[] {
    return this.#declared.state.map(({ slot, tensor }) => {
      if (this.mode === 'training' && tensor) return tensor;
      throw new CandlenetError('GRAPH_INVALID', `running statistic "${slot.name}" has no value of the batch`);
    });
  }

  get random(): readonly RandomInput[] {
    return this.#declared.random.map(({ slot }) => slot);
  }
}

const taken = (name: string) =>
  new CandlenetError('GRAPH_INVALID', `running statistic "${name}": the name is taken in this graph`);

function declaredBefore<T>(
  declared: readonly { readonly slot: { readonly name: string; readonly shape: Shape }; readonly tensor: T }[],
  name: string,
  shape: Shape,
): T {
  const first = declared.find(({ slot }) => slot.name === name);
  if (first && first.slot.shape.join() === shape.join()) return first.tensor;
  const found = first ? `float[${first.slot.shape.join(',')}]` : 'nothing';
  throw new CandlenetError(
    'GRAPH_INVALID',
    `"${name}" [${shape.join(',')}], built a second time: found ${found} from the first time, expected the same`,
  );
}

function end(declared: readonly { readonly slot: { readonly offset: number; readonly size: number } }[]): number {
  const last = declared.at(-1)?.slot;
  return last ? last.offset + last.size : 0;
}
