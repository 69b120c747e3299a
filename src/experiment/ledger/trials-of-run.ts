import type { StrategyRecord } from '../../evaluation/index.js';
import type { MarketStore } from '../../market/index.js';
import type { Role } from '../../report/index.js';
import { marketIdentity } from '../runs/market-identity.js';
import type { Trial } from './trial.js';

interface TradedRow {
  readonly id: string;
  readonly role: Role;
  readonly record: StrategyRecord;
}

interface RiskVariants {
  readonly variants: readonly { readonly id: string }[];
  readonly records: readonly StrategyRecord[];
}

interface TradedRun {
  readonly id: string;
  readonly hashes: { readonly experiment: string; readonly config: string };
}

/**
 * The trials of one run, the subject's first: all that was traded, and the subject without each of its risk controls, which the
 * report shows too. Index and universe are held, whatever the configuration.
 */
export function trialsOfRun(
  { id, hashes }: TradedRun,
  store: MarketStore,
  strategies: readonly TradedRow[],
  risk: RiskVariants | null,
): Trial[] {
  const { experiment, config } = hashes;
  const market = marketIdentity(store);
  const trial = (strategy: string, role: Trial['role'], { dates, returns }: StrategyRecord): Trial => ({
    ...{ source: id, kind: 'run', experiment, config, strategy, role, market },
    ...{ judged: [dates[0], dates[dates.length - 1]], dates, returns, score: null },
  });
  const traded = strategies.flatMap(({ id: strategy, role, record }) =>
    role === 'benchmark' || role === 'universe' ? [] : [trial(strategy, role, record)],
  );
  const uncontrolled = (risk?.variants ?? []).flatMap(({ id: variant }, i) => {
    const what = variant === 'none' ? 'without risk control' : `without ${variant}`;
    return variant === 'all' ? [] : [trial(what, 'baseline', (risk as RiskVariants).records[i])];
  });
  return [...traded, ...uncontrolled];
}
