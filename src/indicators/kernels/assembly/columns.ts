/** TA-Lib's TA_EPSILON: denominators below this count as zero. */
export const EPSILON: f64 = 1e-14;

export function get(column: usize, i: i32): f64 {
  return load<f64>(column + (<usize>i << 3));
}

export function put(column: usize, i: i32, value: f64): void {
  store<f64>(column + (<usize>i << 3), value);
}

export function getPair(column: usize, i: i32): v128 {
  return v128.load(column + (<usize>i << 3));
}

export function putPair(column: usize, i: i32, pair: v128): void {
  v128.store(column + (<usize>i << 3), pair);
}

export function isZero(value: f64): bool {
  return value > -EPSILON && value < EPSILON;
}

/** Which of two values count as zero. */
export function zeros(values: v128): v128 {
  return f64x2.lt(f64x2.abs(values), f64x2.splat(EPSILON));
}

/** Which of two values are rounding residue beside `scale`. */
export function zeroBeside(values: v128, scale: v128): v128 {
  return f64x2.le(f64x2.abs(values), f64x2.mul(f64x2.splat(EPSILON), scale));
}

/** Makes the first `count` values of a column of `bars` undefined. */
export function clearBefore(column: usize, count: i32, bars: i32): void {
  const end = count < bars ? count : bars;
  for (let i = 0; i < end; i++) put(column, i, NaN);
}

export function allFinite(column: usize, bars: i32): bool {
  // A sum of x − x is 0 exactly where every x is finite.
  let sums = f64x2.splat(0);
  let i = 0;
  for (; i + 1 < bars; i += 2) {
    const pair = getPair(column, i);
    sums = f64x2.add(sums, f64x2.sub(pair, pair));
  }
  let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  if (i < bars) sum += get(column, i) - get(column, i);
  return sum == 0;
}
