import { isObject } from '@toolhive-registry/api';
import type { Field } from './field.ts';
import { NOTHING_TO_DO } from './types.ts';

const NO_DATABASE = 'no database is needed: the registry server keeps its last good data in a folder';

/** Says of a database that there is none here. */
export function dropDatabase(database: Field | undefined): void {
  const host = database?.get('host')?.value;
  const which = typeof host === 'string' && host !== '' ? `the database at ${host}` : 'the database';
  database?.note('dropped', NO_DATABASE, `remove ${which} once nothing uses it any more`);
}

/** Says of a password file for the database that nobody reads it here. */
export function dropPgpass(reference: Field | undefined): void {
  const name = reference?.get('name')?.value;
  const secret = typeof name === 'string' && name !== '' ? `Secret ${name}` : 'the Secret';
  reference?.note('dropped', NO_DATABASE, `remove ${secret} once nothing uses it any more`);
}

/** Says of authentication and authorization that reads are anonymous here. */
export function dropAuth(auth: Field | undefined): void {
  if (auth === undefined) return;
  const mode = auth.get('mode')?.value;
  const isAnonymous = mode === 'anonymous' || (mode === undefined && isObject(auth.value) && Object.keys(auth.value).length === 0);
  if (isAnonymous) auth.note('dropped', 'reads are anonymous here as well', NOTHING_TO_DO);
  else {
    const issuers = (auth.get('oauth')?.get('providers')?.items() ?? []).map((provider) => provider.get('issuerUrl')?.value);
    const known = issuers.filter((issuer) => typeof issuer === 'string').map((issuer) => issuer.replace(/\/\/[^/?#]*@/u, '//***@'));
    auth.note(
      'todo',
      `no token is required${known.length === 0 ? '' : ` of ${known.join(' or ')}`} here: everyone who can reach the Service can read the catalog`,
      'before you point clients here, put a proxy that checks tokens in front of it, or admit only its users with a NetworkPolicy',
    );
  }
}

/** Says of OpenTelemetry what there is instead. */
export function dropTelemetry(telemetry: Field | undefined): void {
  telemetry?.note(
    'dropped',
    'nothing is sent to a collector here',
    'scrape /metrics of the internal port 8081 with Prometheus (docs/operations.md); log lines carry the trace of a traceparent header',
  );
}

/** Says of audit events what there is instead. */
export function dropAudit(audit: Field | undefined): void {
  audit?.note(
    'dropped',
    'there is no audit log here, and nothing that could be changed through the API',
    'for a log of every request set LOG_LEVEL to debug',
  );
}

/** Says of the folder for data that ours is in its place. */
export function dropFileStorage(storage: Field | undefined): void {
  storage?.note(
    'dropped',
    'data are kept in /data here, an emptyDir',
    'to keep them when all pods are lost, replace the volume data with a claim in podTemplateSpec',
  );
}
