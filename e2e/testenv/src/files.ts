import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { auditPolicy } from './audit.ts';

/** Files that kube-apiserver is started with. */
export interface ServerFiles {
  readonly dir: string;
  readonly adminToken: string;
  readonly tokens: string;
  readonly serviceAccountKey: string;
  readonly serviceAccountPublicKey: string;
  readonly certificates: string;
  readonly auditPolicy: string;
  readonly auditLog: string;
}

/** Writes token, key and policy files into `dir`. */
export async function writeServerFiles(dir: string): Promise<ServerFiles> {
  const adminToken = randomBytes(24).toString('hex');
  const keys = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const files: ServerFiles = {
    dir,
    adminToken,
    tokens: join(dir, 'tokens.csv'),
    serviceAccountKey: join(dir, 'service-account.key'),
    serviceAccountPublicKey: join(dir, 'service-account.pub'),
    certificates: join(dir, 'certificates'),
    auditPolicy: join(dir, 'audit-policy.yaml'),
    auditLog: join(dir, 'audit.log'),
  };
  await writeFile(files.tokens, `${adminToken},admin,admin,"system:masters"\n`, { mode: 0o600 });
  await writeFile(files.serviceAccountKey, keys.privateKey, { mode: 0o600 });
  await writeFile(files.serviceAccountPublicKey, keys.publicKey);
  await writeFile(files.auditPolicy, auditPolicy);
  return files;
}

/** A kubeconfig with one context. JSON is YAML. */
export function kubeconfig(url: string, ca: string, token: string): string {
  const name = 'testenv';
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server: url, 'certificate-authority-data': Buffer.from(ca).toString('base64') } }],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name, namespace: 'default' } }],
    'current-context': name,
  };
  return `${JSON.stringify(config, undefined, 2)}\n`;
}
