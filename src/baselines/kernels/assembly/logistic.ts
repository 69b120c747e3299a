import { high, low, total } from './doubles';

/** Bytes of a row's three logits, probabilities or residuals, padded to four doubles. */
const ROW: usize = 32;

/**
 * out[row] = intercepts + weights · x[row] for three classes, weights class by class [3 × width]. Two rows at a time: `rows` is
 * even.
 */
export function logits(x: usize, rows: i32, width: i32, weights: usize, intercepts: usize, out: usize): void {
  const rowBytes = <usize>width << 2;
  const planeBytes = <usize>width << 3;
  const ofB = weights + planeBytes;
  const ofC = ofB + planeBytes;
  for (let r = 0; r < rows; r += 2) {
    let a0 = f64x2.splat(0);
    let b0 = f64x2.splat(0);
    let c0 = f64x2.splat(0);
    let a1 = f64x2.splat(0);
    let b1 = f64x2.splat(0);
    let c1 = f64x2.splat(0);
    for (let j: usize = 0; j < rowBytes; j += 16) {
      const first = v128.load(x + j);
      const second = v128.load(x + rowBytes + j);
      const at = j << 1;
      let x0 = low(first);
      let x1 = low(second);
      let w = v128.load(weights + at);
      a0 = f64x2.add(a0, f64x2.mul(x0, w));
      a1 = f64x2.add(a1, f64x2.mul(x1, w));
      w = v128.load(ofB + at);
      b0 = f64x2.add(b0, f64x2.mul(x0, w));
      b1 = f64x2.add(b1, f64x2.mul(x1, w));
      w = v128.load(ofC + at);
      c0 = f64x2.add(c0, f64x2.mul(x0, w));
      c1 = f64x2.add(c1, f64x2.mul(x1, w));
      x0 = high(first);
      x1 = high(second);
      w = v128.load(weights + at, 16);
      a0 = f64x2.add(a0, f64x2.mul(x0, w));
      a1 = f64x2.add(a1, f64x2.mul(x1, w));
      w = v128.load(ofB + at, 16);
      b0 = f64x2.add(b0, f64x2.mul(x0, w));
      b1 = f64x2.add(b1, f64x2.mul(x1, w));
      w = v128.load(ofC + at, 16);
      c0 = f64x2.add(c0, f64x2.mul(x0, w));
      c1 = f64x2.add(c1, f64x2.mul(x1, w));
    }
    store<f64>(out, load<f64>(intercepts) + total(a0));
    store<f64>(out, load<f64>(intercepts, 8) + total(b0), 8);
    store<f64>(out, load<f64>(intercepts, 16) + total(c0), 16);
    store<f64>(out + ROW, load<f64>(intercepts) + total(a1));
    store<f64>(out + ROW, load<f64>(intercepts, 8) + total(b1), 8);
    store<f64>(out + ROW, load<f64>(intercepts, 16) + total(c1), 16);
    x += 2 * rowBytes;
    out += 2 * ROW;
  }
}

/** Turns logits into probabilities in their place. */
export function softmax(rows: i32, out: usize): void {
  for (let r = 0; r < rows; r++, out += ROW) softmaxOf(out);
}

/** Returns ln Σ exp(logit − largest), and the largest in the fourth place. */
// @ts-expect-error: decorator
@inline
function softmaxOf(out: usize): f64 {
  const top = max(max(load<f64>(out), load<f64>(out, 8)), load<f64>(out, 16));
  const a = Math.exp(load<f64>(out) - top);
  const b = Math.exp(load<f64>(out, 8) - top);
  const c = Math.exp(load<f64>(out, 16) - top);
  const sum = a + b + c;
  store<f64>(out, a / sum);
  store<f64>(out, b / sum, 8);
  store<f64>(out, c / sum, 16);
  store<f64>(out, top, 24);
  return Math.log(sum);
}

/**
 * Turns logits into residuals (probability − one-hot class) in their place, adds them to `sums` [3] and returns Σ cross-entropy.
 * @param labels bytes
 */
export function residuals(rows: i32, labels: usize, out: usize, sums: usize): f64 {
  let loss: f64 = 0;
  for (let r = 0; r < rows; r++, out += ROW) {
    const label = out + (<usize>load<u8>(labels + r) << 3);
    const logit = load<f64>(label);
    const spread = softmaxOf(out);
    loss += spread + (load<f64>(out, 24) - logit);
    store<f64>(label, load<f64>(label) - 1);
    store<f64>(sums, load<f64>(sums) + load<f64>(out));
    store<f64>(sums, load<f64>(sums, 8) + load<f64>(out, 8), 8);
    store<f64>(sums, load<f64>(sums, 16) + load<f64>(out, 16), 16);
  }
  return loss;
}

/** gradient ← gradient + Σ residual · x, class by class [3 × width]. Four rows at a time: `rows` is a multiple of 4. */
export function addGradient(x: usize, rows: i32, width: i32, residual: usize, gradient: usize): void {
  const rowBytes = <usize>width << 2;
  const planeBytes = <usize>width << 3;
  for (let r = 0; r < rows; r += 4) {
    for (let k: usize = 0; k < 3; k++) {
      const r0 = v128.load64_splat(residual + (k << 3));
      const r1 = v128.load64_splat(residual + ROW + (k << 3));
      const r2 = v128.load64_splat(residual + 2 * ROW + (k << 3));
      const r3 = v128.load64_splat(residual + 3 * ROW + (k << 3));
      let out = gradient + k * planeBytes;
      const end = x + rowBytes;
      for (let at = x; at < end; at += 16, out += 32) {
        const x0 = v128.load(at);
        const x1 = v128.load(at + rowBytes);
        const x2 = v128.load(at + 2 * rowBytes);
        const x3 = v128.load(at + 3 * rowBytes);
        const a = f64x2.add(
          f64x2.add(f64x2.mul(low(x0), r0), f64x2.mul(low(x1), r1)),
          f64x2.add(f64x2.mul(low(x2), r2), f64x2.mul(low(x3), r3)),
        );
        const b = f64x2.add(
          f64x2.add(f64x2.mul(high(x0), r0), f64x2.mul(high(x1), r1)),
          f64x2.add(f64x2.mul(high(x2), r2), f64x2.mul(high(x3), r3)),
        );
        v128.store(out, f64x2.add(v128.load(out), a));
        v128.store(out, f64x2.add(v128.load(out, 16), b), 16);
      }
    }
    x += 4 * rowBytes;
    residual += 4 * ROW;
  }
}
