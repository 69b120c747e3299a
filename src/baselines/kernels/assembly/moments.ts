import { high, low } from './doubles';

/** sums ← sums + Σ rows, column by column, [width] doubles. */
export function addColumns(x: usize, rows: i32, width: i32, sums: usize): void {
  for (let r = 0; r < rows; r++) {
    for (let j = 0; j < width; j += 4) {
      const four = v128.load(x);
      const at = sums + (<usize>j << 3);
      v128.store(at, f64x2.add(v128.load(at), low(four)));
      v128.store(at + 16, f64x2.add(v128.load(at + 16), high(four)));
      x += 16;
    }
  }
}

/** sums ← sums + Σ (rows − mean)², column by column. */
export function addSquares(x: usize, rows: i32, width: i32, mean: usize, sums: usize): void {
  for (let r = 0; r < rows; r++) {
    for (let j = 0; j < width; j += 4) {
      const four = v128.load(x);
      const at = <usize>j << 3;
      const a = f64x2.sub(low(four), v128.load(mean + at));
      const b = f64x2.sub(high(four), v128.load(mean + at + 16));
      v128.store(sums + at, f64x2.add(v128.load(sums + at), f64x2.mul(a, a)));
      v128.store(sums + at + 16, f64x2.add(v128.load(sums + at + 16), f64x2.mul(b, b)));
      x += 16;
    }
  }
}

/** x ← (x − mean) · inverseDeviation, worked out in double precision. */
export function standardise(x: usize, rows: i32, width: i32, mean: usize, inverseDeviation: usize): void {
  for (let r = 0; r < rows; r++) {
    for (let j = 0; j < width; j += 4) {
      const four = v128.load(x);
      const at = <usize>j << 3;
      const a = f64x2.mul(f64x2.sub(low(four), v128.load(mean + at)), v128.load(inverseDeviation + at));
      const b = f64x2.mul(f64x2.sub(high(four), v128.load(mean + at + 16)), v128.load(inverseDeviation + at + 16));
      v128.store(x, i64x2.shuffle(f32x4.demote_f64x2_zero(a), f32x4.demote_f64x2_zero(b), 0, 2));
      x += 16;
    }
  }
}
