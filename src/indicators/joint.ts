import type { Column, Columns } from './kernels/index.js';
import { INDICATORS, type Indicator, type IndicatorInput } from './registry.js';

/** Indicators of the 32 that one kernel gives together, at the parameters they have there. */
export interface Joint {
  readonly members: readonly Indicator[];
  /** `outputs` are one column for each member. */
  run(columns: Columns, bars: Readonly<Record<IndicatorInput, Column>>, outputs: readonly Column[]): void;
}

const member = (name: string) => INDICATORS.find((indicator) => indicator.name === name)!;

export const JOINTS: readonly Joint[] = [
  {
    members: ['DEMA', 'TEMA', 'TRIX'].map(member),
    run: ({ kernels, bars }, { close }, [dema, tema, trix]) => kernels.nested(close, dema, tema, trix, bars, 30),
  },
  {
    members: ['PLUS_DI', 'MINUS_DI', 'ADX'].map(member),
    run: ({ kernels, bars, work }, { high, low, close }, [plus, minus, adx]) =>
      kernels.directional(high, low, close, plus, minus, adx, bars, 14, work),
  },
];
