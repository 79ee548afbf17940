/**
 * A signal that is aborted when the process receives one of these signals, with an error naming it as the reason. Only the first is handled: a second one of
 * the same name ends the process, as without a handler.
 */
export function signalOf(...names: readonly NodeJS.Signals[]): AbortSignal {
  const stop = new AbortController();
  for (const name of names) process.once(name, () => stop.abort(new Error(name)));
  return stop.signal;
}
