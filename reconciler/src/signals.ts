/**
 * A signal that is aborted when the process gets one of these signals, with an error that names it as its reason. Only the first one is taken: a
 * second one of the same name ends the process, as it does without a handler.
 */
export function signalOf(...names: readonly NodeJS.Signals[]): AbortSignal {
  const stop = new AbortController();
  for (const name of names) process.once(name, () => stop.abort(new Error(name)));
  return stop.signal;
}
