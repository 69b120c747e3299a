import type { MarketStore } from '../../market/index.js';
import type { Day } from '../../util/index.js';
import type { Provenance } from './provenance.js';

/**
 * What a pipeline made of a store, as a grid [symbols × dates × columns] whose cells say when they could be known. Anything
 * with dates fits: features, masks, labels, forecasts, weights, orders; what concerns no symbol (a scaler) has the one
 * symbol '' and the one date on which it was fitted.
 */
export interface Artefact {
  /** Such as `features`; unique in a pipeline. */
  readonly name: string;
  readonly symbols: readonly string[];
  /** Strictly ascending. */
  readonly dates: Int32Array;
  readonly columns: readonly string[];
  /** The cell of symbol s, date d and column k is (s·D + d)·K + k. */
  readonly values: Float64Array | Float32Array | Int32Array | Uint8Array | Uint32Array;
  /** What a cell without a value holds; a symbol that a recomputation lacks counts as this throughout. Default NaN. */
  readonly absent?: number;
  /** Sessions after its date on which a row becomes known; a label has its reach here. Default 0. */
  readonly reach?: number;
  /** Nothing of the artefact is known before this day, such as the end of the training it was fitted on. */
  readonly knownFrom?: Day;
  /** Rows at the end of the data that need a session more than there is, such as the target of the last close. Default 0. */
  readonly unfinished?: number;
}

/** What one building of a pipeline gives. Artefacts that the store is too short for are left out. */
export interface PipelineBuild {
  /** In the order in which they are made: the first one that differs is named as the leak. */
  readonly artefacts: readonly Artefact[];
  /** What recomputation cannot see: asked of the building on the whole store. */
  readonly provenance?: Provenance;
}

/**
 * Anything that makes dated artefacts from a market store, a user's own code included. It must take the market from the
 * store it is given, and give the same bits for the same store.
 */
export interface AuditedPipeline {
  readonly name: string;
  /** @param knownBy in a recomputation the cut: what is known only later will not be compared and may be left out */
  build(store: MarketStore, knownBy?: Day): Promise<PipelineBuild>;
}
