import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Smaller snapshots are not worth a pause. */
const MIN_BYTES = 16 * 1024 * 1024;
/** By then sending and storing of the previous snapshot is done, in milliseconds. */
const AFTER_MS = 10_000;

/**
 * Frees the memory of a large snapshot after it was replaced. It is outside of the V8 heap, where only a garbage collection frees it, and a
 * server that only serves may not collect for hours: it would keep holding two catalogs. Pauses the thread for 10 to 20 ms, once. Returns how to
 * call that off.
 */
export function freeReplaced(bytes: number): () => void {
  if (bytes < MIN_BYTES) return () => undefined;
  const timer = setTimeout(collect, AFTER_MS);
  timer.unref();
  return () => clearTimeout(timer);
}

/** Frees what nothing needs any more, now. It takes about a millisecond for each megabyte that is still needed of V8's heap. */
export function collect(): void {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as NodeJS.GCFunction;
  gc({ type: 'major', execution: 'sync' });
}
