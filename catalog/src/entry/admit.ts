import type { CatalogEntry } from './entry.ts';
import type { Finding, FindingList } from './findings.ts';
import { isObject, own } from '../json.ts';
import { readableKey, rowKey } from './kind.ts';

/** Longest name and version in the official schema (server.schema.json 2025-12-11). */
const MAX_NAME = 200;
const MAX_VERSION = 255;
/** Printable characters without space: names and versions are path segments. */
const SEGMENT = /^[!-~]+$/;
/** The form of a name in every generation of the official schema: a namespace, a slash, and one more segment. */
const OFFICIAL_NAME = /^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/;

/**
 * Makes an entry fit to be served: clients drop a whole page when its first item lacks a name, description or version (VS Code), and `repository: {}` breaks
 * them. Returns undefined when it cannot be served; each finding says why.
 */
export function admit(entry: CatalogEntry, findings: Pick<FindingList, 'add'>): CatalogEntry | undefined {
  const { kind } = entry;
  const named = { entry: readableKey(rowKey(kind, entry.name)), version: entry.version };
  const refuse = (pointer: string, rule: Finding['rule'], message: string): undefined => {
    findings.add({ ...named, pointer, rule, message: `${message}; the ${kind} was left out`, served: false });
    return undefined;
  };
  if (entry.name.length > MAX_NAME || !SEGMENT.test(entry.name)) {
    return refuse('/name', 'invalid', `a name has at most ${MAX_NAME} printable characters and no spaces`);
  }
  if (entry.version.length > MAX_VERSION || !SEGMENT.test(entry.version)) {
    return refuse('/version', 'invalid', `a version has at most ${MAX_VERSION} printable characters and no spaces`);
  }
  if (entry.version === 'latest') return refuse('/version', 'invalid', '"latest" is reserved by the API and is not a version');
  const description = own(entry.server, 'description');
  if (typeof description !== 'string') {
    return refuse('/description', description === undefined ? 'missing' : 'invalid', '"description" must be a text');
  }
  if (description.trim() === '') return refuse('/description', 'invalid', '"description" is empty');
  if (kind !== 'server') return entry;
  if (!OFFICIAL_NAME.test(entry.name)) {
    findings.add({
      ...named,
      pointer: '/name',
      rule: 'name',
      message: `${JSON.stringify(entry.name)} is not a name of the official form "namespace/name" (${OFFICIAL_NAME.source}); it is served, but clients may refuse it: rename it at its source`,
      served: true,
    });
  }
  const repository = own(entry.server, 'repository');
  if (repository !== undefined && (!isObject(repository) || typeof own(repository, 'url') !== 'string')) {
    const { repository: _dropped, ...server } = entry.server;
    findings.add({
      ...named,
      pointer: '/repository',
      rule: 'repaired',
      message: 'a repository without "url" was dropped',
      served: true,
    });
    return { ...entry, server };
  }
  return entry;
}
