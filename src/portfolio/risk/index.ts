export {
  RISK_CONTROLS,
  type RiskControl,
  type RiskControlName,
  type RiskEvent,
  type RiskEventKind,
} from './control.js';
export { type CorrelationMonitorOptions, correlationMonitor } from './correlation-monitor.js';
export { type DrawdownBrakeOptions, drawdownBrake } from './drawdown-brake.js';
export { type MarketStateOptions, type MarketStates, marketStateSizing } from './market-state.js';
export { type IndexForecasts, marketTiming } from './market-timing.js';
export { type StopLossOptions, stopLoss } from './stop-loss.js';
export { type VolatilityTargetOptions, volatilityTarget } from './volatility-target.js';
export { type RiskControlsOptions, type RiskDay, withRiskControls } from './with-risk-controls.js';
