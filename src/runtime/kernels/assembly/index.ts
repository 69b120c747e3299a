// Kernels over raw pointers into one shared memory. Every sum runs in a fixed order and WebAssembly SIMD has no fused
// multiply-add, so the same inputs give the same bits on every machine. Counts are in floats, multiples of 16 (one cache
// line) unless a kernel says otherwise.

export { adam } from './adam';
export { fillDropout } from './dropout';
export { reduceGradients } from './gradients';
export { addNormal } from './normal';
export { sgd } from './sgd';
export { addScaled, mix, scale } from './vectors';
