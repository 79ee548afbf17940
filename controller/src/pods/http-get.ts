import { request, type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';

/** Limits of a request, in milliseconds but for the wait. */
export interface GetTimes {
  readonly connectMs: number;
  /** How long the server may wait before it begins to answer. */
  readonly waitSeconds: number;
  /** Time for an answer beyond the wait, and between two parts of it. */
  readonly slackMs: number;
}

/** An answer, read to its end. */
export interface GetAnswer {
  readonly status: number;
  readonly etag: string | undefined;
  readonly text: string;
}

/** More than any status document has. */
const MAX_BYTES = 8 * 1024 * 1024;

/** Sends a GET and reads the answer. Rejects when that takes too long or breaks off, and with the signal's reason when that is aborted. */
export function get(options: RequestOptions, times: GetTimes, signal: AbortSignal): Promise<GetAnswer> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const sent = request(options);
    const within = deadlineOf(sent);
    const stop = (): void => void sent.destroy(signal.reason);
    const end = (settle: () => void): void => {
      within(undefined);
      signal.removeEventListener('abort', stop);
      settle();
    };
    signal.addEventListener('abort', stop, { once: true });
    within(times.connectMs);
    sent.once('socket', (socket) => {
      const answerMs = times.waitSeconds * 1_000 + times.slackMs;
      if (socket.connecting) socket.once('connect', () => within(answerMs));
      else within(answerMs);
    });
    sent.once('error', (error) => end(() => reject(error)));
    sent.once('response', (response) => {
      read(response, () => within(times.slackMs)).then(
        (text) => {
          const { statusCode: status = 0, headers } = response;
          end(() => resolve({ status, etag: headers.etag, text }));
        },
        (error: unknown) => {
          sent.destroy();
          end(() => reject(signal.aborted ? signal.reason : error));
        },
      );
    });
    sent.end();
  });
}

/** Ends the request when it has not got further within the time that was last set; undefined: none is set any more. */
function deadlineOf(sent: ClientRequest): (ms: number | undefined) => void {
  let timer: NodeJS.Timeout | undefined;
  return (ms) => {
    clearTimeout(timer);
    timer = ms === undefined ? undefined : setTimeout(() => sent.destroy(new Error(`no answer within ${ms} ms`)), ms);
  };
}

async function read(response: IncomingMessage, onPart: () => void): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  onPart();
  for await (const part of response as AsyncIterable<Buffer>) {
    onPart();
    bytes += part.length;
    if (bytes > MAX_BYTES) throw new Error(`the answer has more than ${MAX_BYTES} bytes`);
    parts.push(part);
  }
  // A connection that broke off ends the stream as well.
  if (!response.complete) throw new Error('the answer broke off');
  return Buffer.concat(parts).toString('utf8');
}
