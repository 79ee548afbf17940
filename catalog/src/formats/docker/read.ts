import { CatalogError, ORIGIN_META, type CatalogEntry, type CatalogInfo } from '../../entry/entry.ts';
import type { Finding, FindingSink } from '../../entry/findings.ts';
import { asText, at, compact, isObject, own, sameJson, type Json, type JsonObject } from '../../json.ts';
import { carriedBy } from '../carry.ts';
import { checkEntryCount, checkNesting } from '../limits.ts';
import { below, placed, type EntrySink } from '../sink.ts';
import { UNVERSIONED } from '../toolhive/fields.ts';
import { noteUnread } from '../unread.ts';
import { dockerToServerJson } from './to-server-json.ts';
import { restoreDockerServer } from './write.ts';

/** Keys of a Docker catalog besides its servers. */
const FILE_KEYS = ['version', 'name', 'displayName', 'registry'];
/** Types of servers (docker/mcp-gateway, docs/server-entry-spec.md). */
const TYPES: ReadonlySet<Json | undefined> = new Set(['server', 'remote', 'poci']);

/** Whether a document is one server of such a catalog in its own file. */
export function isDockerServer(file: JsonObject): boolean {
  return (
    asText(own(file, 'name')) !== undefined &&
    TYPES.has(own(file, 'type')) &&
    ['image', 'remote', 'tools'].some((key) => Object.hasOwn(file, key))
  );
}

/** Reads a server in its own file. */
export function readDockerServer(file: JsonObject, sink: EntrySink): CatalogInfo {
  const { name, ...server } = file;
  const entry = entryOfDocker(asText(name) ?? '', server, sink.findings);
  if (entry !== undefined) sink.entry(placed(entry, sink.findings));
  return { format: 'docker' };
}

/**
 * Reads a catalog of Docker's MCP gateway: servers by their keys under `registry`. Throws {@link CatalogError} when it is not one; a bad entry becomes a
 * finding.
 */
export function readDocker(file: JsonObject, sink: EntrySink): CatalogInfo {
  const servers = own(file, 'registry');
  if (!isObject(servers)) throw new CatalogError('"registry" must be an object with one server under each key');
  checkEntryCount(Object.keys(servers).length);
  for (const [key, raw] of Object.entries(servers)) {
    const findings = below(sink.findings, '/registry', key);
    const entry = entryOfDocker(key, raw, findings);
    if (entry !== undefined) sink.entry(placed(entry, findings));
  }
  noteUnread(file, FILE_KEYS, '', sink.findings);
  return { format: 'docker' };
}

/** Keys of a server whose values are lists. */
const LISTS = ['secrets', 'env', 'config', 'command', 'volumes', 'tools', 'allowHosts'] as const;

function hasSubject(raw: JsonObject): boolean {
  return [own(raw, 'image'), at(raw, 'remote', 'url'), own(raw, 'sseEndpoint')].some((value) => asText(value) !== undefined);
}

/** Reads the server under a key; undefined, with a finding, for an unusable one. */
export function entryOfDocker(key: string, raw: Json, findings: FindingSink): CatalogEntry | undefined {
  const skip = (pointer: string, rule: Finding['rule'], message: string): undefined => {
    findings.add({ entry: key, pointer, rule, message: `${message}; the server was left out`, served: false });
    return undefined;
  };
  if (!isObject(raw)) return skip('', 'not-an-object', 'a server must be an object');
  const tooDeep = checkNesting(raw);
  if (tooDeep !== undefined) {
    findings.add({ entry: key, pointer: '', rule: 'invalid', message: tooDeep, served: false });
    return undefined;
  }
  if (own(raw, 'type') !== 'poci' && !hasSubject(raw)) return skip('/image', 'missing', 'neither "image" nor "remote.url" is a text');
  for (const field of LISTS) {
    const value = own(raw, field) ?? null;
    if (value === null || Array.isArray(value)) continue;
    findings.add({
      entry: key,
      pointer: `/${field}`,
      rule: 'not-read',
      message: `"${field}" must be a list; it was not read`,
      served: true,
    });
  }
  const server = dockerToServerJson(raw, key);
  const restored = restoreDockerServer(server, key);
  const carried = restored !== undefined && sameJson(restored, raw) ? undefined : carriedBy(server, restored ?? {}, raw);
  return {
    kind: 'server',
    name: asText(own(server, 'name')) ?? key,
    version: UNVERSIONED,
    server,
    meta: { [ORIGIN_META]: compact({ format: 'docker', key, carried }) },
    alias: key,
  };
}
