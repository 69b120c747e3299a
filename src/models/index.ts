export { cnn } from './cnn.js';
export { cnnLstm } from './cnn-lstm.js';
export { cnnLstmOptimised } from './cnn-lstm-optimised.js';
export { lstm } from './lstm.js';
export {
  type Architecture,
  defineModel,
  type Model,
  type ModelOptions,
  modelByName,
  modelDefaults,
  modelNames,
  type OptionValue,
} from './model.js';
