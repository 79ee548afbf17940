import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { deployedServersSchema, type DeployedServer } from '@toolhive-registry/api';
import { codeOf, messageOf } from './errors.ts';
import type { Logger } from './logger.ts';
import { contentIdentity } from './watch/identity.ts';
import type { Watch } from './watch/watch.ts';

/** The servers that run in the cluster. */
export interface Deployed {
  readonly servers: readonly DeployedServer[];
  /** SHA-256 of the file, hexadecimal; absent: there is none. */
  readonly hash?: string;
}

/** Nothing is known. */
export const NONE_DEPLOYED: Deployed = { servers: [] };

/** Maximum size in bytes of the file: a ConfigMap has no more. */
const MAX_BYTES = 1024 * 1024;

/** Reads the file that the controller writes, and again whenever it changes. An unusable file is logged, and the previous list stays. */
export async function followDeployed(
  path: string,
  { watch, logger, onChange }: { readonly watch: Watch; readonly logger: Logger; readonly onChange: (deployed: Deployed) => void },
): Promise<void> {
  let known = NONE_DEPLOYED;
  const read = async (): Promise<void> => {
    const next = await readDeployed(path, known, logger);
    if (next === known) return;
    known = next;
    onChange(known);
  };
  const identity = contentIdentity(path);
  // Reads are serialized: an older one must not win over a newer one.
  let reading = Promise.resolve();
  const again = (): void => {
    reading = reading.then(read);
  };
  await watch.add({ directories: [dirname(path)], identity }, again);
  again();
  await reading;
}

async function readDeployed(path: string, known: Deployed, logger: Logger): Promise<Deployed> {
  try {
    const bytes = await readFile(path);
    if (bytes.length > MAX_BYTES) throw new Error(`it has ${bytes.length} bytes; at most ${MAX_BYTES} are read`);
    const { servers, left_out: left } = deployedServersSchema.parse(JSON.parse(bytes.toString()));
    if (left !== undefined) logger.warn({ path, left }, 'more servers run from this registry than its list can hold');
    return { servers, hash: createHash('sha256').update(bytes).digest('hex') };
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return known === NONE_DEPLOYED ? known : NONE_DEPLOYED;
    logger.warn({ path, err: messageOf(error) }, 'the list of deployed servers cannot be used; the previous one stays in use');
    return known;
  }
}
