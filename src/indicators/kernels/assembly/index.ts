// TA-Lib's functions over columns of doubles in linear memory. A column is a byte offset to `bars` doubles with at least
// one double of padding behind them, which loops over pairs may touch. Each kernel fills its warm-up with NaN, works in the
// order of operations of the stepped form in ../../functions, and WebAssembly has no fused multiply-add: the bits are the
// same. `work` names columns of scratch, `stride` bytes apart.

export { allFinite, clearBefore } from './columns';
export { bbands } from './deviation';
export { aroonosc, stoch, willr } from './extremes';
export { adosc, mfi, obv } from './flow';
export { cci, mom, roc, rsi } from './momentum';
export { ema, kama, macd, nested, sma, wma } from './means';
export { atr, directional, ultosc } from './ranges';
