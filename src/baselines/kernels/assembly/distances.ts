/** out[v] = ‖x − vectors[v]‖² in single precision. */
export function squaredDistances(x: usize, vectors: usize, count: i32, width: i32, out: usize): void {
  const rowBytes = <usize>width << 2;
  for (let v = 0; v < count; v++) {
    let sum = f32x4.splat(0);
    let other = f32x4.splat(0);
    let j: usize = 0;
    for (; j + 32 <= rowBytes; j += 32) {
      const a = f32x4.sub(v128.load(x + j), v128.load(vectors + j));
      const b = f32x4.sub(v128.load(x + j, 16), v128.load(vectors + j, 16));
      sum = f32x4.add(sum, f32x4.mul(a, a));
      other = f32x4.add(other, f32x4.mul(b, b));
    }
    if (j < rowBytes) {
      const a = f32x4.sub(v128.load(x + j), v128.load(vectors + j));
      sum = f32x4.add(sum, f32x4.mul(a, a));
    }
    sum = f32x4.add(sum, other);
    const pairs = f32x4.add(sum, i64x2.shuffle(sum, sum, 1, 1));
    store<f32>(out + (<usize>v << 2), f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1));
    vectors += rowBytes;
  }
}
