import type { BarField, Filter, FunctionDefinition, Step } from './definition.js';
import { factor, group } from './definition.js';
import { arcTangent, DominantCycle, Hilbert, sineOfDegrees } from './hilbert.js';

const close: readonly BarField[] = ['close'];

/** MESA adaptive moving average and its follower (Ehlers): `[mama, fama]`. */
export function mamaStep(fastLimit: number, slowLimit: number): Step {
  const hilbert = new Hilbert(12);
  let bar = 0;
  let phase = 0;
  let mama = 0;
  let fama = 0;
  return (input, out) => {
    const ready = bar++ >= 32;
    if (!hilbert.next(input[0])) return;
    const now = hilbert.inPhase === 0 ? 0 : arcTangent(hilbert.quadrature / hilbert.inPhase);
    const change = Math.max(phase - now, 1);
    phase = now;
    const alpha = change > 1 ? Math.max(fastLimit / change, slowLimit) : fastLimit;
    mama = alpha * input[0] + (1 - alpha) * mama;
    fama = 0.5 * alpha * mama + (1 - 0.5 * alpha) * fama;
    if (!ready) return;
    out[0] = mama;
    out[1] = fama;
  };
}

/** The first line of MAMA with TA-Lib's default limits, as its moving-average type 7. */
export function mamaFilter(): Filter {
  const step = mamaStep(0.5, 0.05);
  const out = new Float64Array(2);
  return (value) => {
    out.fill(Number.NaN);
    step(Float64Array.of(value), out);
    return out[0];
  };
}

function ofHilbert(show: (hilbert: Hilbert, out: Float64Array) => void): () => Step {
  return () => {
    const hilbert = new Hilbert(12);
    let bar = 0;
    return (input, out) => {
      if (hilbert.next(input[0]) && bar >= 32) show(hilbert, out);
      bar++;
    };
  };
}

function ofCycle(show: (cycle: DominantCycle, out: Float64Array) => void): () => Step {
  return () => {
    const cycle = new DominantCycle();
    let bar = 0;
    return (input, out) => {
      if (cycle.next(input[0]) && bar >= 63) show(cycle, out);
      bar++;
    };
  };
}

/** 1 in a trend, 0 in a cycle: Ehlers' rules on the crossings of the sine wave, the phase's rate and the trendline. */
function trendModeStep(): Step {
  const cycle = new DominantCycle();
  let bar = 0;
  let days = 0;
  let phase = 0;
  let sine = 0;
  let lead = 0;
  return (input, out) => {
    const ready = bar++ >= 63;
    if (!cycle.next(input[0])) return;
    const lastSine = sine;
    const lastLead = lead;
    sine = sineOfDegrees(cycle.phase);
    lead = sineOfDegrees(cycle.phase + 45);
    const crossed = (sine > lead && lastSine <= lastLead) || (sine < lead && lastSine >= lastLead);
    days = crossed ? 1 : days + 1;
    const { smoothPeriod, smoothed } = cycle.hilbert;
    const rate = 360 / smoothPeriod;
    const moved = cycle.phase - phase;
    phase = cycle.phase;
    const cycling = smoothPeriod !== 0 && moved > 0.67 * rate && moved < 1.5 * rate;
    let trend = crossed || days < 0.5 * smoothPeriod || cycling ? 0 : 1;
    if (cycle.trendline !== 0 && Math.abs((smoothed - cycle.trendline) / cycle.trendline) >= 0.015) trend = 1;
    if (ready) out[0] = trend;
  };
}

const hilbert = { inputs: close, recursive: true, unstable: true };

export const CYCLE: readonly FunctionDefinition[] = [
  ...group('cycle', [
    {
      ...hilbert,
      name: 'HT_DCPERIOD',
      lookback: () => 32,
      step: ofHilbert((h, out) => {
        out[0] = h.smoothPeriod;
      }),
    },
    {
      ...hilbert,
      name: 'HT_DCPHASE',
      lookback: () => 63,
      step: ofCycle((cycle, out) => {
        out[0] = cycle.phase;
      }),
    },
    {
      ...hilbert,
      name: 'HT_PHASOR',
      outputs: ['inphase', 'quadrature'],
      lookback: () => 32,
      step: ofHilbert((h, out) => {
        out[0] = h.inPhase;
        out[1] = h.quadrature;
      }),
    },
    {
      ...hilbert,
      name: 'HT_SINE',
      outputs: ['sine', 'leadsine'],
      lookback: () => 63,
      step: ofCycle((cycle, out) => {
        out[0] = sineOfDegrees(cycle.phase);
        out[1] = sineOfDegrees(cycle.phase + 45);
      }),
    },
    { ...hilbert, name: 'HT_TRENDMODE', lookback: () => 63, step: trendModeStep },
  ]),
  ...group('overlap', [
    {
      ...hilbert,
      name: 'HT_TRENDLINE',
      lookback: () => 63,
      step: ofCycle((cycle, out) => {
        out[0] = cycle.trendline;
      }),
    },
    {
      ...hilbert,
      name: 'MAMA',
      outputs: ['mama', 'fama'],
      parameters: [factor('fastlimit', 0.5, 0.01, 0.99), factor('slowlimit', 0.05, 0.01, 0.99)],
      lookback: () => 32,
      step: (p) => mamaStep(p.fastlimit, p.slowlimit),
    },
  ]),
];
