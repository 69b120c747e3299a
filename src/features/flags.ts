import { BarFlag, ST_UNKNOWN } from '../market/index.js';
import type { MarketFamily, MarketValues } from './feature-family.js';
import type { PanelSources, SourceOffer } from './panel-sources.js';
import { isTraded } from './traded-bars.js';

function flag(
  name: string,
  formula: string,
  computeMarket: (sources: PanelSources) => MarketValues,
  lacks: (offer: SourceOffer) => string | null = () => null,
): MarketFamily {
  return {
    columns: [{ name, group: 'flag', formula, source: 'market store', lookback: 1 }],
    lacks,
    computeMarket,
  };
}

/** 1 where the cleaning set a bit of the bar's flags. */
function mask(name: string, formula: string, bit: keyof typeof BarFlag): MarketFamily {
  return flag(name, formula, ({ bars }) =>
    Float32Array.from(bars.flags, (bits) => ((bits & BarFlag[bit]) === 0 ? 0 : 1)),
  );
}

/** 1 on the first traded day after sessions without trading, of an instrument that traded before. */
function resumed({ bars }: PanelSources): Float32Array {
  const days = bars.dates.length;
  const out = new Float32Array(bars.symbols.length * days);
  for (let s = 0; s < bars.symbols.length; s++) {
    let last = -1;
    for (let t = 0; t < days; t++) {
      if (!isTraded(bars, s * days + t)) continue;
      if (last >= 0 && last < t - 1) out[s * days + t] = 1;
      last = t;
    }
  }
  return out;
}

/** What is known of a bar besides its numbers. */
export const FLAGS: readonly MarketFamily[] = [
  mask(
    'FLAG_EXTREME',
    '1 where the cleaning kept a move beyond the price limit as genuine: the first trade after a suspension',
    'EXTREME',
  ),
  mask(
    'FLAG_THREE_SIGMA',
    '1 where the return lies beyond three standard deviations of the 252 before it, as the cleaning marked it',
    'THREE_SIGMA',
  ),
  mask(
    'FLAG_BOX_PLOT',
    '1 where the return lies more than 1.5 interquartile ranges outside the quartiles of the 252 before it, as the cleaning marked it',
    'BOX_PLOT',
  ),
  mask('FLAG_LIMIT', '1 where the close stands at the price limit of the day, as the cleaning marked it', 'LIMIT_MOVE'),
  flag('FLAG_RESUMED', '1 on the first traded day after one or more sessions without trading', resumed),
  flag(
    'FLAG_ST',
    '1 under special treatment; NaN where the source does not say',
    ({ bars }) => Float32Array.from(bars.st ?? [], (flag) => (flag === ST_UNKNOWN ? Number.NaN : flag)),
    ({ hasSt }) => (hasSt ? null : 'the source has no flag of special treatment'),
  ),
];
