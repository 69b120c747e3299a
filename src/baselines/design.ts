/**
 * A design matrix without copies: sample i is the `width` contiguous floats that end with row `rows[i]` of a matrix
 * whose rows are `stride` wide. Over a panel with width = window × features this is the flattened window.
 */
export interface Design {
  readonly values: Float32Array<SharedArrayBuffer>;
  readonly stride: number;
  readonly width: number;
  readonly rows: Int32Array;
}

/** Index into `values` where sample i begins. */
export function startOf(design: Design, i: number): number {
  return (design.rows[i] + 1) * design.stride - design.width;
}

/** The flattened windows of `window` rows that end on the given panel rows. */
export function flattenedWindows(
  values: Float32Array<SharedArrayBuffer>,
  features: number,
  window: number,
  rows: Int32Array,
): Design {
  return { values, stride: features, width: window * features, rows };
}
