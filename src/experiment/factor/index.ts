export { type FactorOptions, type FactorReport, type JudgedFactor, judgeFactors } from './judge-factors.js';
export { factorJson, renderFactors } from './render-factors.js';
