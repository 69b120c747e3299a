export { renderReplay } from './render-replay.js';
export { type Replay, type ReplayOptions, replayRun } from './replay-run.js';
