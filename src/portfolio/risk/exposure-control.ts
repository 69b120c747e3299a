import type { PolicyContext } from '../../backtest/index.js';
import { NOBODY, type RiskControl, type RiskControlName, type RiskEvent } from './control.js';

/** What a control of exposure finds after a close. */
export interface ExposureReading {
  readonly exposure: number;
  readonly measure: number;
  readonly threshold: number;
}

/** A control that only sets the exposure; each change of it is an event. */
export function exposureControl(
  name: RiskControlName,
  start: () => (context: PolicyContext) => ExposureReading,
): RiskControl {
  return {
    name,
    start() {
      const read = start();
      let last = 1;
      return (context) => {
        const { exposure, measure, threshold } = read(context);
        const events: RiskEvent[] = [];
        if (exposure !== last) {
          const kind = exposure < last ? 'cut' : 'raise';
          events.push({ date: context.date, control: name, kind, symbol: '', measure, threshold, exposure });
        }
        last = exposure;
        return { exposure, barred: NOBODY, events };
      };
    },
  };
}
