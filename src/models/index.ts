export { cnnLstm } from './cnn-lstm.js';
export {
  type Architecture,
  defineModel,
  type Model,
  type ModelOptions,
  modelByName,
  modelNames,
  type OptionValue,
} from './model.js';
