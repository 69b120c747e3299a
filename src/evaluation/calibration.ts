import { type CalibrationBin, FORECAST_CLASSES, type ForecastClass, type JudgedForecasts } from './types.js';

const BINS = 10;

/** Reliability of the probability of each class: ten equal bins each, and the expected calibration error over them. */
export function calibrate(
  forecasts: JudgedForecasts,
  rows: Uint32Array,
  classes: readonly ForecastClass[],
): { readonly calibration: readonly (readonly CalibrationBin[])[]; readonly calibrationError: number } {
  const columns = { buy: forecasts.pBuy, hold: forecasts.pHold, sell: forecasts.pSell };
  let error = 0;
  const calibration = classes.map((name) => {
    const code = FORECAST_CLASSES.indexOf(name);
    const probabilities = columns[name];
    const counts = new Float64Array(BINS);
    const forecastSums = new Float64Array(BINS);
    const hits = new Float64Array(BINS);
    for (const i of rows) {
      const p = probabilities[i];
      const bin = Math.max(0, Math.min(BINS - 1, Math.floor(p * BINS)));
      counts[bin]++;
      forecastSums[bin] += p;
      if (forecasts.label[i] === code) hits[bin]++;
    }
    return Array.from(counts, (count, bin) => {
      error += Math.abs(forecastSums[bin] - hits[bin]);
      return {
        from: bin / BINS,
        to: (bin + 1) / BINS,
        count,
        meanForecast: count > 0 ? forecastSums[bin] / count : Number.NaN,
        observedShare: count > 0 ? hits[bin] / count : Number.NaN,
      };
    });
  });
  return { calibration, calibrationError: rows.length > 0 ? error / rows.length / calibration.length : Number.NaN };
}
