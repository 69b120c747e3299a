// A feature of one's own: where the close stands in the range of the last ten trading days, 0 … 1.
//
//   node --import ./examples/own-feature.mjs node_modules/.bin/candlenet audit CONFIG.yaml
//
// with `features: { own: [RANGE_POSITION_10] }` in the configuration. The audit finds out whether it looks ahead.
import { defineFeature } from 'candlenet';

const DAYS = 10;

defineFeature({
  name: 'RANGE_POSITION_10',
  formula: '(close − lowest low) / (highest high − lowest low), both of the last 10 trading days',
  lookback: DAYS,
  compute: ({ high, low, close }) =>
    close.map((price, t) => {
      if (t < DAYS - 1) return Number.NaN;
      const top = Math.max(...high.subarray(t - DAYS + 1, t + 1));
      const bottom = Math.min(...low.subarray(t - DAYS + 1, t + 1));
      return top === bottom ? 0.5 : (price - bottom) / (top - bottom);
    }),
});
