import { CandlenetError } from '../../util/index.js';

/** What cleaning does where the market's data leave a choice. */
export interface CleaningOptions {
  /**
   * A gap after its first session: `missing` has no price; `moving-average` is valued at the mean of the last closes before
   * it. Untradeable either way, and no feature sees it. Default `missing`.
   */
  readonly longGaps?: 'missing' | 'moving-average';
  /**
   * A return beyond three standard deviations: `mark` keeps and marks it, unless the money traded on the day says
   * otherwise; `drop` drops every one, genuine crashes with them. Default `mark`.
   */
  readonly threeSigma?: 'mark' | 'drop';
}

const CHOICES = { longGaps: ['missing', 'moving-average'], threeSigma: ['mark', 'drop'] } as const;

/** @throws ARGUMENT_INVALID naming the key */
export function resolveCleaning(options: CleaningOptions): Required<CleaningOptions> {
  for (const [key, choices] of Object.entries(CHOICES)) {
    const found = options[key as keyof CleaningOptions];
    if (found !== undefined && !(choices as readonly string[]).includes(found)) {
      throw new CandlenetError(
        'ARGUMENT_INVALID',
        `cleaning.${key}: found "${found}", expected ${choices.join(' or ')}`,
      );
    }
  }
  return { longGaps: options.longGaps ?? 'missing', threeSigma: options.threeSigma ?? 'mark' };
}
