export { FUNCTIONS, functionByName, resolveParameters } from './catalogue.js';
export { computeFunction } from './compute.js';
export type { BarField, Batch, FunctionDefinition, FunctionParameter, FunctionParameters } from './definition.js';
export { createIncremental, type FunctionOptions, type IncrementalFunction } from './incremental.js';
export { functionReference } from './reference.js';
