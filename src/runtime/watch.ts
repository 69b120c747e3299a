const LOOK_MILLISECONDS = 200;

/**
 * While the workers run, calls `look` a few times a second, and `stop` once when the signal is aborted (at once if it
 * already is). Returns the function that ends it.
 */
export function watch(signal: AbortSignal | undefined, on: { stop(): void; look(): void }): () => void {
  const timer = setInterval(on.look, LOOK_MILLISECONDS);
  const stop = () => on.stop();
  if (signal?.aborted) stop();
  else signal?.addEventListener('abort', stop, { once: true });
  return () => {
    clearInterval(timer);
    signal?.removeEventListener('abort', stop);
  };
}
