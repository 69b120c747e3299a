export { type CombinatorialPlan, combinatorial, type TestPath, testPaths } from './combinatorial.js';
export { type CrossValidation, crossValidation } from './cross-validation.js';
export { type Fold, type FoldRange, type Period, type Purging, type Splitter, sessionCount, spanOf } from './fold.js';
export { purgeBefore, sessionsOf } from './purge.js';
export { staticSplit } from './static.js';
export { type WalkForward, walkForward } from './walk-forward.js';
