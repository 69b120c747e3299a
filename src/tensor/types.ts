export type FloatType = 'float32' | 'float64';
/** `bool` is what a comparison gives and `where` takes. */
export type DType = FloatType | 'bool';
export type Shape = readonly number[];

export interface TensorType {
  readonly dtype: DType;
  readonly shape: Shape;
}

export const sizeOf = (shape: Shape): number => shape.reduce((product, length) => product * length, 1);

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((length, axis) => length === b[axis]);

export const formatType = ({ dtype, shape }: TensorType): string => `${dtype}[${shape.join(',')}]`;
