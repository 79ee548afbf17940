import { createHash, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { credentialKeys, secretFiles, type NormalizedSource } from '@toolhive-registry/api';
import type { DataByKey } from '../config/documents.ts';
import { ABSENT } from '../watch/identity.ts';
import type { WatchTarget } from '../watch/watch.ts';
import { SourceError } from './source-error.ts';

/** Credentials for a source. Never logged, never part of a message. */
export type Credentials =
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'ssh'; readonly privateKey: string; readonly knownHosts?: string };

/** What the manifest names for a source. Read again for each question: a Secret that is rotated is used without a restart. */
export interface SourceSecrets {
  /** Undefined: the manifest names no Secret. Throws {@link SourceError} if it is missing or incomplete. */
  credentials(): Promise<Credentials | undefined>;
  /** Certificates in PEM that the host is checked against besides the system's. Undefined: none are named. Throws {@link SourceError}. */
  certificates(): Promise<string | undefined>;
  /** Files to watch: a changed Secret triggers a fetch at once. */
  readonly mounts: readonly WatchTarget[];
}

/** Where Secrets and certificates are looked for. */
export interface SecretPlaces {
  /** The mounted files, as `paths.secrets` has them. */
  readonly secretsPath: string;
  /** Those that are beside the manifest now. */
  secret(name: string): DataByKey | undefined;
  configMap(name: string): DataByKey | undefined;
  /** What is wrong with files beside the manifest that may hold them. */
  unread(): readonly string[];
}

/** A mounted Secret is small; anything larger is not one. */
const MAX_SECRET_BYTES = 1024 * 1024;

/** Finds the credentials and certificates of a source: beside the manifest on a laptop, mounted in a pod. */
export function sourceSecrets(source: NormalizedSource, places: SecretPlaces): SourceSecrets {
  const { auth, tls } = source;
  const certificateRef = tls?.caSecretRef ?? tls?.caConfigMapRef;
  const authFolder = join(places.secretsPath, secretFiles.auth(source.name));
  const caFile = join(places.secretsPath, secretFiles.ca(source.name));

  /** The keys of the Secret that exist and are used; undefined: none. */
  async function secretData(): Promise<ReadonlyMap<string, string> | undefined> {
    if (auth === undefined) return undefined;
    const beside = places.secret(auth.secretRef.name);
    const read = await Promise.all(
      credentialKeys.map(async (key) => {
        const bytes = beside === undefined ? await readSmall(join(authFolder, key)) : beside.get(key);
        return bytes === undefined ? [] : [[key, Buffer.from(bytes).toString('utf8')] as const];
      }),
    );
    const found = new Map(read.flat());
    return found.size === 0 && beside === undefined ? undefined : found;
  }

  async function certificateBytes(): Promise<Uint8Array | undefined> {
    if (certificateRef === undefined) return undefined;
    const beside = tls?.caSecretRef === undefined ? places.configMap(certificateRef.name) : places.secret(certificateRef.name);
    return beside === undefined ? readSmall(caFile) : beside.get(certificateRef.key);
  }

  const unread = (): string =>
    places
      .unread()
      .map((problem) => `; ${problem}`)
      .join('');

  async function identity(): Promise<string> {
    const data = await secretData();
    const hash = createHash('sha256');
    for (const [key, value] of data ?? []) hash.update(`${key}\0${value}\0`);
    hash.update((await certificateBytes()) ?? '');
    return data === undefined && certificateRef === undefined ? ABSENT : hash.digest('hex');
  }

  return {
    credentials: async () => {
      if (auth === undefined) return undefined;
      const what = `Secret "${auth.secretRef.name}"`;
      const data = await secretData();
      if (data === undefined)
        throw new SourceError('SecretNotFound', `${what} does not exist, or has none of the keys ${keyList()}; create it${unread()}`);
      return credentialsOf(data, what);
    },
    certificates: async () => {
      if (certificateRef === undefined) return undefined;
      const kind = tls?.caSecretRef === undefined ? 'ConfigMap' : 'Secret';
      const what = `${kind} "${certificateRef.name}", key "${certificateRef.key}"`;
      const bytes = await certificateBytes();
      if (bytes === undefined)
        throw new SourceError('SecretNotFound', `${what} does not exist; create it with certificates in PEM${unread()}`);
      const pem = Buffer.from(bytes).toString('utf8');
      if (!pem.includes('-----BEGIN CERTIFICATE-----'))
        throw new SourceError('SecretNotFound', `${what} holds no certificate in PEM; correct it`);
      if (!areCertificates(pem)) throw new SourceError('SecretNotFound', `${what} holds a certificate that cannot be read; correct it`);
      return pem;
    },
    mounts: auth === undefined && certificateRef === undefined ? [] : [{ directories: [places.secretsPath], identity }],
  };
}

/** Whether everything that is marked as a certificate is one. */
function areCertificates(pem: string): boolean {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]*(?:-----END CERTIFICATE-----)?/g) ?? [];
  try {
    return blocks.every((block) => new X509Certificate(block).raw.length > 0);
  } catch {
    return false;
  }
}

/** What the keys of a Secret decide. */
function credentialsOf(data: ReadonlyMap<string, string>, what: string): Credentials {
  const privateKey = data.get('ssh-privatekey');
  const knownHosts = data.get('known_hosts');
  if (privateKey !== undefined) return { kind: 'ssh', privateKey, ...(knownHosts === undefined ? {} : { knownHosts }) };
  const token = line(data.get('token'));
  if (token !== undefined) return { kind: 'bearer', token };
  const password = line(data.get('password'));
  // Hosts that accept a token as the password accept any name with it.
  if (password !== undefined) return { kind: 'basic', username: line(data.get('username')) ?? 'git', password };
  throw new SourceError('SecretNotFound', `${what} needs the keys username and password, or token, or ssh-privatekey; add them`);
}

/** Without the line end that `echo` and editors put after a value. Undefined when nothing is left. */
function line(value: string | undefined): string | undefined {
  const text = value?.replace(/\r?\n$/, '');
  return text === '' ? undefined : text;
}

function keyList(): string {
  return credentialKeys.join(', ');
}

async function readSmall(path: string): Promise<Uint8Array | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  return bytes === undefined || bytes.length > MAX_SECRET_BYTES ? undefined : bytes;
}
