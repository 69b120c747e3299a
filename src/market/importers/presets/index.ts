export { barPreset } from './bar-presets.js';
export { readColumnMap, recordedMap, withColumnMap } from './column-map.js';
export type { SourceColumn, SourceLayout } from './layout.js';
export {
  type FactTable,
  namesOf,
  TABLE_COLUMNS,
  TARGET_TABLES,
  type TargetTable,
  tablePreset,
} from './table-presets.js';
export type { BarColumn, BarPreset, FactorRule } from './types.js';
