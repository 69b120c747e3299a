// Kernels over raw pointers into shared memory. Samples are float32 rows whose width is a multiple of 4 (the columns behind the
// last are 0), sums are in double precision and in a fixed order, and WebAssembly SIMD has no fused multiply-add: the same
// inputs give the same bits on every machine.

export { addScaled, dot, squaredNorm } from './descent';
export { squaredDistances } from './distances';
export { project } from './fourier';
export { addGradient, logits, residuals, softmax } from './logistic';
export { addColumns, addSquares, standardise } from './moments';
