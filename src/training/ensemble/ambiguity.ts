/**
 * Squared errors, means over samples: of class probabilities Σ over classes of (p − [class])² (Brier 1950), of a number its
 * own.
 */
export interface Ambiguity {
  readonly samples: number;
  /** Of the averaged forecast. */
  readonly ensembleError: number;
  /** Weighted mean of the members' own. */
  readonly meanMemberError: number;
  /** Weighted mean squared distance of the members' forecasts from the averaged one. */
  readonly ambiguity: number;
}

/**
 * Error-ambiguity decomposition (Krogh and Vedelsby 1995, eq. 6), E = Ē − Ā: the ensemble's squared error is its members'
 * weighted mean error less their ambiguity, exactly, sample by sample and whatever the weights. NaN without a sample.
 * @param members outputs of each, [rows × classes]
 * @param truthOf what the outputs of a row should be, one a class; null where that is not known
 */
export function ambiguityOf(
  members: readonly Float32Array[],
  classes: number,
  truthOf: (row: number) => ArrayLike<number> | null,
  weightsOf: (row: number) => Float64Array,
): Ambiguity {
  let [samples, ensembleError, meanMemberError, ambiguity] = [0, 0, 0, 0];
  for (let row = 0; row * classes < members[0].length; row++) {
    const truth = truthOf(row);
    if (truth === null) continue;
    const weights = weightsOf(row);
    samples++;
    for (let c = 0; c < classes; c++) {
      const target = truth[c];
      let mean = 0;
      for (const [i, member] of members.entries()) mean += weights[i] * member[row * classes + c];
      ensembleError += (mean - target) ** 2;
      for (const [i, member] of members.entries()) {
        meanMemberError += weights[i] * (member[row * classes + c] - target) ** 2;
        ambiguity += weights[i] * (member[row * classes + c] - mean) ** 2;
      }
    }
  }
  const per = (sum: number) => (samples === 0 ? Number.NaN : sum / samples);
  return {
    samples,
    ensembleError: per(ensembleError),
    meanMemberError: per(meanMemberError),
    ambiguity: per(ambiguity),
  };
}
