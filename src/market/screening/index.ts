export {
  SCREENING_REASONS,
  type Screening,
  type ScreeningCount,
  type ScreeningReason,
  type ScreeningRules,
  screenUniverse,
} from './screen-universe.js';
