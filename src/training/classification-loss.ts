/** The smallest normal float32: a probability that underflowed to 0 counts as this. */
const TINIEST = 1.1754943508222875e-38;

/** Mean cross-entropy (nats) and share of right arg-max predictions; NaN for no samples. */
export function classificationLoss(
  probabilities: Float32Array,
  classes: Uint8Array,
  classCount: number,
): { readonly loss: number; readonly accuracy: number } {
  let loss = 0;
  let right = 0;
  for (let i = 0; i < classes.length; i++) {
    const first = i * classCount;
    let predicted = 0;
    for (let c = 1; c < classCount; c++) if (probabilities[first + c] > probabilities[first + predicted]) predicted = c;
    if (predicted === classes[i]) right++;
    const probability = probabilities[first + classes[i]];
    loss -= Math.log(Math.max(probability, TINIEST));
  }
  return { loss: loss / classes.length, accuracy: right / classes.length };
}
