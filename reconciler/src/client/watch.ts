import type { Clock } from '../clock.ts';
import type { KubeObject } from '../objects.ts';
import { isRecord } from '../objects.ts';
import { KubeConnectionError, KubeDecodeError, statusError } from './errors.ts';
import { splitLines } from './lines.ts';

/** One change, as a watch reports it. A bookmark's object has only the resourceVersion up to which everything was sent. */
export interface WatchEvent<T extends KubeObject = KubeObject> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
  readonly object: T;
}

/** Whether a bookmark marks the end of the initial objects (meta/v1 InitialEventsAnnotationKey). */
export function isInitialEventsEnd(event: WatchEvent): boolean {
  return event.type === 'BOOKMARK' && event.object.metadata.annotations?.['k8s.io/initial-events-end'] === 'true';
}

/** Ends a stream that has been silent for too long: a peer that died silently looks exactly like a quiet one. */
export class WatchSilenceError extends KubeConnectionError {
  constructor(request: string, limitMs: number) {
    super(`${request}: nothing came for ${limitMs} ms, not even a bookmark`);
    this.name = 'WatchSilenceError';
  }
}

/** Aborts `controller` when nothing arrives for `limitMs`; call `heard` on each sign of life and `stop` at the end. */
export function silenceGuard(clock: Clock, limitMs: number, onSilence: () => void): { heard(): void; stop(): void } {
  let cancel = clock.after(limitMs, onSilence);
  return {
    heard: () => {
      cancel();
      cancel = clock.after(limitMs, onSilence);
    },
    stop: () => cancel(),
  };
}

/** Decodes the stream of a watch. Throws `KubeApiError` for an ERROR event and `KubeDecodeError` for anything that is not an event. */
export async function* decodeWatch<T extends KubeObject>(
  request: string,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<WatchEvent<T>, void, undefined> {
  for await (const line of splitLines(chunks)) {
    const event = parse(request, line);
    const { type, object } = event;
    if (!isRecord(object)) throw new KubeDecodeError(`${request}: an event without object: ${line.slice(0, 200)}`);
    if (type === 'ERROR') throw statusError(request, object, 500);
    if (type !== 'ADDED' && type !== 'MODIFIED' && type !== 'DELETED' && type !== 'BOOKMARK') {
      throw new KubeDecodeError(`${request}: an event of unknown type ${JSON.stringify(type)}`);
    }
    const meta = object['metadata'];
    if (!isRecord(meta) || (type !== 'BOOKMARK' && typeof meta['name'] !== 'string')) {
      throw new KubeDecodeError(`${request}: an object without name: ${line.slice(0, 200)}`);
    }
    yield { type, object: object as unknown as T };
  }
}

function parse(request: string, line: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new KubeDecodeError(`${request}: a line that is not JSON: ${line.slice(0, 200)}`, { cause: error });
  }
  if (!isRecord(value)) throw new KubeDecodeError(`${request}: a line that is not an event: ${line.slice(0, 200)}`);
  return value;
}
