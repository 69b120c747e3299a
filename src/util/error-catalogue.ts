/**
 * Every coded error candlenet can raise, with what it means. `kind` decides the exit status:
 * `input` 2 (the user's files, configuration or arguments), `check` 1 (a check the user asked for failed),
 * `internal` 3 (a defect of candlenet). `docs/errors.md` is tested against this table.
 */
export const ERROR_CATALOGUE = {
  CONFIG_INVALID: { kind: 'input', meaning: 'A configuration value has the wrong type or lies outside its range.' },
  CONFIG_UNKNOWN_KEY: { kind: 'input', meaning: 'The configuration has a key that candlenet does not know.' },
  CONFIG_SYNTAX: { kind: 'input', meaning: 'The configuration file is not valid YAML.' },
  ARGUMENT_INVALID: {
    kind: 'input',
    meaning: 'An argument, of the command line or of a function, is missing, unknown or malformed.',
  },
  EXPRESSION_INVALID: { kind: 'input', meaning: 'A factor expression cannot be read or means nothing.' },
  EXPRESSION_LOOKS_AHEAD: {
    kind: 'input',
    meaning: 'A factor expression asks for a later day; only labels may know the future.',
  },
  FILE_NOT_FOUND: { kind: 'input', meaning: 'A file or folder named by the user does not exist.' },
  FILE_UNREADABLE: { kind: 'input', meaning: 'A file or folder exists but cannot be read.' },
  FILE_WRITE_FAILED: {
    kind: 'input',
    meaning: 'A file could not be written: disk full, no permission, or a path in the way.',
  },
  FILE_EXISTS: { kind: 'input', meaning: 'The target exists already and would be overwritten.' },
  STORE_INVALID: {
    kind: 'input',
    meaning: 'The folder is not a market store, or one of its tables is missing or damaged.',
  },
  STORE_CONFLICT: {
    kind: 'input',
    meaning: 'A row to be imported contradicts one that the market store holds.',
  },
  STORE_SOURCE_UNKNOWN: {
    kind: 'input',
    meaning: 'The market store does not say how it was imported, so that no source can be asked for what is new.',
  },
  QLIB_CALENDAR_ORDER: { kind: 'input', meaning: 'The Qlib calendar is not strictly ascending.' },
  QLIB_CALENDAR_INVALID: { kind: 'input', meaning: 'A line of the Qlib calendar is not a date.' },
  QLIB_INSTRUMENTS_INVALID: { kind: 'input', meaning: 'A line of a Qlib instruments file is malformed.' },
  QLIB_BIN_TRUNCATED: {
    kind: 'input',
    meaning: 'A Qlib .bin file is empty or its length is not a whole number of float32 values.',
  },
  QLIB_BIN_RANGE: { kind: 'input', meaning: 'A Qlib .bin file starts or ends outside the calendar.' },
  QLIB_BIN_VALUE: {
    kind: 'input',
    meaning: 'A value of a Qlib .bin file cannot be: infinite, or not above 0 where it must.',
  },
  DATE_INVALID: { kind: 'input', meaning: 'A date is not a real day written YYYY-MM-DD.' },
  DATE_OUT_OF_STORE: { kind: 'input', meaning: 'A date or period lies outside the dates the market store holds.' },
  UNIVERSE_EMPTY: { kind: 'input', meaning: 'No instrument is in the universe over the period asked for.' },
  INDEX_UNKNOWN: { kind: 'input', meaning: 'The store has no membership or benchmark for the index asked for.' },
  SAMPLES_EMPTY: { kind: 'input', meaning: 'A split holds no usable sample.' },
  TABLE_INVALID: {
    kind: 'input',
    meaning: 'A table lacks a column, or a column has the wrong type or a forbidden value.',
  },
  HTTP_FAILED: {
    kind: 'input',
    meaning: 'A source of data over HTTP cannot be reached, or does not answer in the way it documents.',
  },
  HTTP_REFUSED: {
    kind: 'input',
    meaning: 'A source of data over HTTP refuses what was asked: a token, a permission, a quota or an unknown symbol.',
  },
  WEIGHTS_INVALID: { kind: 'input', meaning: 'Target weights are not a valid portfolio.' },
  PORTFOLIO_INFEASIBLE: { kind: 'input', meaning: 'The limits set for a portfolio contradict each other.' },
  TRAINING_DIVERGED: {
    kind: 'input',
    meaning: 'A gradient or the validation loss stopped being a finite number: rate too high, or features not finite.',
  },
  RUN_NOT_FOUND: { kind: 'input', meaning: 'No run of that id exists in the runs folder.' },
  RUN_MISMATCH: {
    kind: 'input',
    meaning: 'A checkpoint belongs to another configuration, data or version, or a run to another store.',
  },
  CLASSIFIER_INVALID: {
    kind: 'input',
    meaning: 'A news classifier cannot be used: its model, its vocabulary or its classes do not fit together.',
  },
  MODEL_INVALID: { kind: 'input', meaning: 'A file is not an ONNX model written by candlenet.' },
  REPLAY_DIFFERS: { kind: 'check', meaning: 'A run that was made again did not come out the same.' },
  LOOKS_AHEAD: { kind: 'check', meaning: 'A leak audit found something that uses what was not yet known.' },
  INTERRUPTED: { kind: 'check', meaning: 'The work was stopped by the user; it can be resumed.' },
  GRAPH_INVALID: { kind: 'internal', meaning: 'A tensor graph breaks a shape, type or naming rule.' },
  RUNTIME_FAILED: { kind: 'internal', meaning: 'ONNX Runtime or a worker thread failed.' },
  INTERNAL: { kind: 'internal', meaning: 'A defect of candlenet.' },
} as const satisfies Record<string, { kind: 'input' | 'check' | 'internal'; meaning: string }>;

export type ErrorCode = keyof typeof ERROR_CATALOGUE;
