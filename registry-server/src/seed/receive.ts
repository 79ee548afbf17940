import { createReadStream } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { fileURLToPath } from 'node:url';
import { codeOf, messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Store, StoreState } from '../store/store.ts';
import { seedFiles } from './frames.ts';

/** The input for seeding. */
export interface SeedInput {
  /** Base URL of the other replicas' internal port, or of a file with what one of them gave. */
  readonly url: URL;
  readonly registry: { readonly name: string; readonly namespace: string };
  readonly store: Store;
  readonly logger: Logger;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Longest time for all of it, in milliseconds. */
  readonly timeoutMs?: number;
}

/** A pod that does not listen is restarted after a minute. */
const TIMEOUT_MS = 30_000;
/** Codes that mean that there is no other replica. */
const NOBODY: readonly string[] = ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH'];
/** Largest state: a hundred syncs and twenty sources. */
const MAX_STATE_BYTES = 16 * 1024 * 1024;
/** Largest file: a snapshot of as much data as twenty sources may have. */
const MAX_FILE_BYTES = 4 * 1024 * 1024 * 1024;

/**
 * Fills an empty storage from another replica, so that a replica that starts while a source is down serves what the others serve. What arrives is
 * checked by its hashes, and once more as whatever is stored. Returns whether it was complete. Never rejects: without a seed the server
 * starts empty.
 */
export async function seedStore({ url, registry, store, logger, clock, timeoutMs = TIMEOUT_MS }: SeedInput): Promise<boolean> {
  const begun = clock();
  const isFile = url.protocol === 'file:';
  const from = isFile ? fileURLToPath(url) : `${url.origin}/registry/snapshot`;
  try {
    const stream = isFile ? (createReadStream(url) as AsyncIterable<Uint8Array>) : await sentBy(from, timeoutMs, logger);
    if (stream === undefined) return false;
    let state: StoreState | undefined;
    let isOurs = false;
    for await (const { name, size, content } of seedFiles(stream)) {
      // The owner comes first: data of another registry must not be stored.
      if (!isOurs) {
        if (name !== 'registry') throw new Error('the other replica sent an unknown format');
        checkRegistry(await jsonOf(content, size), registry);
        isOurs = true;
        continue;
      }
      if (size > MAX_FILE_BYTES) throw new Error(`${name} has ${size} bytes; at most ${MAX_FILE_BYTES} are taken`);
      if (name === 'state') {
        state = await stateOf(content, size, registry);
        await store.saveState(withSeed(state, begun, clock()));
      } else await store.takeSeed(name, content);
    }
    logger.info(
      { from, hash: state?.snapshotHash?.slice(0, 12), durationMs: clock() - begun },
      isFile ? 'seeded from a file' : 'seeded from another replica',
    );
    return true;
  } catch (error) {
    if (NOBODY.includes(codeOf(error) ?? '')) logger.info({ from }, 'no other replica is ready; continuing with the sources');
    else
      logger.warn(
        { from, err: messageOf(error) },
        `the catalog of ${isFile ? 'the file' : 'another replica'} could not be taken over completely; continuing with the sources`,
      );
    return false;
  }
}

/** What another replica sends; undefined where it has nothing. */
async function sentBy(from: string, timeoutMs: number, logger: Logger): Promise<IncomingMessage | undefined> {
  const response = await ask(from, AbortSignal.timeout(timeoutMs));
  if (response.statusCode === 200) return response;
  response.destroy();
  logger.info({ from, status: response.statusCode }, 'the other replica has no catalog; continuing without');
  return undefined;
}

function ask(url: string, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(url, { signal, agent: false }, resolve).once('error', reject);
  });
}

async function jsonOf(content: AsyncIterable<Uint8Array>, size: number): Promise<unknown> {
  if (size > MAX_STATE_BYTES) throw new Error(`the state has ${size} bytes; at most ${MAX_STATE_BYTES} are taken`);
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return JSON.parse(Buffer.concat(pieces).toString()) as unknown;
}

async function stateOf(content: AsyncIterable<Uint8Array>, size: number, registry: SeedInput['registry']): Promise<StoreState> {
  const state = (await jsonOf(content, size)) as StoreState;
  checkRegistry(state.registry, registry);
  return state;
}

function checkRegistry(sent: unknown, { name, namespace }: SeedInput['registry']): void {
  const other = sent as Partial<SeedInput['registry']> | null;
  if (other?.name !== name || other.namespace !== namespace) throw new Error(`it is registry ${other?.namespace}/${other?.name}`);
}

/** Records in the history where the catalog came from. */
function withSeed(state: StoreState, begun: number, now: number): StoreState {
  const last = state.history.at(-1);
  const seeded = {
    type: 'seeded',
    startTime: new Date(begun).toISOString(),
    completionTime: new Date(now).toISOString(),
    hash: state.snapshotHash ?? null,
    serverCount: last?.serverCount ?? 0,
    result: 'completed',
    attemptCount: 0,
    errorMessage: null,
  };
  return { ...state, history: [...state.history, seeded] };
}
