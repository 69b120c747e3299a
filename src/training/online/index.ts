export { type Learned, learnOn, type OnlineOptions, type UpdateOutcome } from './learn-on.js';
export { type PlannedUpdate, planUpdates, type UpdateChain, type UpdateRhythm } from './plan-updates.js';
export { joinSampleSets, takeSamples } from './update-samples.js';
