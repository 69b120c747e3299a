import type { DataFinding } from '../types.js';

/** What can be wrong with a source, in the order a report shows it, and what is done about it. */
const CATALOGUE = {
  'member-without-bars': {
    title: 'Index members without bars',
    action: 'missing from the universe: results are biased towards survivors',
  },
  'benchmark-absent': {
    title: 'Indices without a series of their own',
    action: 'there is no benchmark to measure against: an experiment on the index cannot run',
  },
  'membership-size': {
    title: 'Sessions on which the index has not its nominal number of members',
    action: 'used as it is',
  },
  'missing-bar': {
    title: 'Missing bars inside a listing, the first of each gap',
    action: 'carried from the last close with volume 0, untradeable, flagged FILLED',
  },
  'long-gap': {
    title: 'Missing or dropped bars after the first session of a gap',
    action: 'left without a price, untradeable, flagged GAP',
  },
  suspended: { title: 'Suspended days', action: 'kept at the last close with volume 0, untradeable' },
  'volume-missing': { title: 'Bars without a volume', action: 'read as suspended days with volume 0' },
  'price-not-positive': {
    title: 'Prices ≤ 0',
    action: 'bar dropped and carried from the last close, untradeable, flagged MISRECORDED',
  },
  'high-below-low': {
    title: 'Bars that fail low ≤ open, close ≤ high',
    action: 'bar dropped and carried from the last close, untradeable, flagged MISRECORDED',
  },
  'price-off-tick': {
    title: 'Prices that are no whole tick beyond float32 rounding',
    action: 'kept as price ÷ factor, not rounded',
  },
  'factor-break': {
    title: 'Adjustment factors the returns contradict',
    action: 'factor repaired from the returns from that day on, day flagged FACTOR_REPAIRED',
  },
  'change-contradicts-price': {
    title: 'Returns of the source that its prices contradict',
    action: 'the prices stand, the return is not used',
  },
  'impossible-jump': {
    title: 'Moves beyond the price limit that nothing explains',
    action: 'bar dropped and carried from the last close, untradeable, flagged MISRECORDED and LIMIT_MOVE',
  },
  'three-sigma-contradicted': {
    title: 'Returns beyond three standard deviations that the money traded contradicts',
    action: 'bar dropped and carried from the last close, untradeable, flagged MISRECORDED and THREE_SIGMA',
  },
  'jump-on-resumption': {
    title: 'Moves beyond the price limit on the first trade after a suspension',
    action: 'taken as genuine (restructuring, share reform, relisting), kept, flagged EXTREME',
  },
  'beyond-three-sigma': {
    title: 'Returns beyond three standard deviations of the year before',
    action: 'kept as nothing contradicts them, flagged THREE_SIGMA',
  },
  'box-plot-extreme': {
    title: 'Returns outside the box plot of the year before',
    action: 'kept, flagged BOX_PLOT',
  },
  'limit-move': { title: 'Closes at the price limit of the day', action: 'kept, flagged LIMIT_MOVE' },
  'action-contradicts-factor': {
    title: 'Corporate actions that the adjustment factor contradicts',
    action: 'a back-test pays the action as stated, and the factor of the day is not paid beside it',
  },
  'factor-without-action': {
    title: 'Changes of the adjustment factor that no corporate action explains',
    action: 'a back-test reinvests the change',
  },
  'action-without-bar': {
    title: 'Corporate actions on a day on which the instrument has no bar',
    action: 'kept as stated; the factor cannot confirm them',
  },
  'amount-absent': { title: 'Bars without an amount', action: 'the amount feature is off' },
  'st-absent': { title: 'Instruments without a flag of special treatment', action: 'the ST rules are off' },
  'names-absent': { title: 'Instruments without a name', action: 'shown by their symbol' },
  'listing-dates-absent': {
    title: 'Instruments without a listing date',
    action: 'screening by age and the rules of the first sessions are off',
  },
} as const satisfies Record<string, { title: string; action: string }>;

export type FindingKind = keyof typeof CATALOGUE;

/** Looked for only where a source states corporate actions. */
export const OF_ACTIONS: readonly FindingKind[] = [
  'action-contradicts-factor',
  'factor-without-action',
  'action-without-bar',
];

export interface FindingWeight {
  /** How many cases are counted at once; 1 when left out. */
  readonly cases?: number;
  /** Of the cases counted, the most severe is the example, the first of equals. */
  readonly severity?: number;
}

/** Counts findings while a source is read, with one case of each kind as its example. */
export interface FindingTally {
  /** @param example made only when the case becomes the example */
  count(kind: FindingKind, example: () => string, weight?: FindingWeight): void;
  /** Replaces what the catalogue says was done, where the figures of this source say more. */
  explain(kind: FindingKind, action: string): void;
  /** Every kind that was looked for, also those not found: a count of 0 is a result. */
  findings(): DataFinding[];
}

export function createFindingTally(
  lookedFor: readonly FindingKind[] = (Object.keys(CATALOGUE) as FindingKind[]).filter(
    (kind) => !OF_ACTIONS.includes(kind),
  ),
): FindingTally {
  const counts = new Map<FindingKind, { count: number; severity: number; example: string; action: string }>();
  const entry = (kind: FindingKind) => {
    const found = counts.get(kind) ?? { count: 0, severity: 0, example: '', action: CATALOGUE[kind].action };
    counts.set(kind, found);
    return found;
  };
  return {
    count(kind, example, { cases = 1, severity = 0 } = {}) {
      if (cases === 0) return;
      const found = entry(kind);
      if (found.count === 0 || severity > found.severity) {
        found.example = example();
        found.severity = severity;
      }
      found.count += cases;
    },
    explain(kind, action) {
      entry(kind).action = action;
    },
    findings: () =>
      lookedFor.map((kind) => {
        const { count, example, action } = entry(kind);
        return { kind, title: CATALOGUE[kind].title, count, example, action };
      }),
  };
}
