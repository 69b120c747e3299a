/**
 * ONNX Runtime's official builds (1.28 on, Linux and macOS) report to their maker what they run, and keep an identifier, a
 * queue and log files in the user's cache and temporary folders. Nothing of a user's research leaves the machine through us:
 * this is its full opt-out, which it reads once, when its library is loaded. Whoever set the variable has decided already.
 * Imported before any `onnxruntime-node`; on the main thread, since a worker's environment is a copy that C code never sees.
 */
process.env.ORT_DISABLE_TELEMETRY ??= '1';
