import type { BarMatrix } from '../market/index.js';
import type { ExpressionRecipe } from './feature-family.js';
import type { PanelMemory } from './fill-panel.js';
import type { SourceOffer } from './panel-sources.js';

/** What a thread is given to fill its share of a panel: everything on shared memory, and what to compute by name. */
export interface PanelJob extends PanelMemory {
  readonly bars: BarMatrix;
  readonly featureSet: readonly string[];
  readonly offer: SourceOffer;
  /** Whether there are built-in columns among them. */
  readonly builtIn: boolean;
  /** Families of the caller's own that a thread can make again, and where their columns stand. */
  readonly own: readonly { readonly recipe: ExpressionRecipe; readonly slots: readonly (number | null)[] }[];
  /** The first symbol that no thread has taken. */
  readonly next: Int32Array;
}

export type PanelMessage =
  | { readonly kind: 'filled'; readonly count: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'error'; readonly message: string };
