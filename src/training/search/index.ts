export { goesOn, rungsOf } from './halving.js';
export { expectedMeans } from './part-effects.js';
export { type Evaluated, propose, SEARCH_METHODS, type SearchMethod, type SearchPlan } from './propose.js';
export {
  checkSpace,
  type Dimension,
  gridSize,
  type SearchPoint,
  type SearchSpace,
  settingsOf,
  spaceSize,
} from './space.js';
