export { barPreset } from './bar-presets.js';
export { withColumnMap } from './column-map.js';
export type { BarColumn, BarPreset, FactorRule } from './types.js';
