import {
  CatalogError,
  ORIGIN_META,
  PUBLISHER_META,
  TOOLHIVE_EXTENSION,
  type CatalogEntry,
  type CatalogGroup,
  type CatalogInfo,
} from '../../entry/entry.ts';
import type { Finding, FindingList } from '../../entry/findings.ts';
import { asText, at, compact, isObject, own, sameJson, type Json, type JsonObject } from '../../json.ts';
import { checkEntryCount, checkNesting } from '../limits.ts';
import { EXTENSION_FIELDS, KEY_NAMESPACE, SERVER_SCHEMA, UNVERSIONED } from './fields.ts';
import type { EntrySink } from '../sink.ts';
import { restoreToolhiveServer } from './write.ts';

type Kind = 'server' | 'remote_server';

interface Place {
  readonly kind: Kind;
  readonly key: string;
  readonly group?: string;
}

/**
 * Reads ToolHive's own catalog format: `servers` and `remote_servers` by key, and `groups` of both.
 * Throws {@link CatalogError} when the file is not one; a bad entry becomes a finding.
 */
export function readToolhive(file: JsonObject, sink: EntrySink): CatalogInfo {
  const { findings } = sink;
  const listed = own(file, 'groups') ?? [];
  if (!Array.isArray(listed)) throw new CatalogError('"groups" must be a list of groups');
  checkEntryCount(countEntries(file, listed));
  const section = (holder: JsonObject, where: string, group?: string): string[] => {
    const names: string[] = [];
    for (const [field, kind] of [
      ['servers', 'server'],
      ['remote_servers', 'remote_server'],
    ] as const) {
      for (const [key, raw] of Object.entries(serverMap(own(holder, field), `${where}${field}`))) {
        const entry = readServer(raw, { kind, key, ...(group === undefined ? {} : { group }) }, findings);
        if (entry === undefined) continue;
        sink.entry(entry);
        names.push(entry.name);
      }
    }
    return names;
  };

  section(file, '');
  const groups: CatalogGroup[] = [];
  for (const [index, group] of listed.entries()) {
    const name = isObject(group) ? asText(own(group, 'name')) : undefined;
    if (!isObject(group) || name === undefined) {
      findings.add({
        entry: `groups[${index}]`,
        pointer: '/name',
        rule: 'missing',
        message: 'a group needs a name; it was left out',
        served: false,
      });
      continue;
    }
    const description = asText(own(group, 'description'));
    const servers = section(group, `groups[${index}].`, name);
    groups.push({ name, ...(description === undefined ? {} : { description }), servers });
  }

  const version = asText(own(file, 'version'));
  const lastUpdated = asText(own(file, 'last_updated'));
  return {
    format: 'toolhive',
    ...(version === undefined ? {} : { version }),
    ...(lastUpdated === undefined ? {} : { lastUpdated }),
    ...(groups.length === 0 ? {} : { groups }),
  };
}

/** Servers of the file and its groups, and the groups themselves: each may become an entry or a finding. */
function countEntries(file: JsonObject, groups: readonly Json[]): number {
  let count = groups.length;
  for (const holder of [file, ...groups]) {
    for (const field of ['servers', 'remote_servers']) {
      const servers = at(holder, field);
      if (isObject(servers)) count += Object.keys(servers).length;
    }
  }
  return count;
}

function serverMap(value: Json | undefined, where: string): JsonObject {
  if (value === undefined || value === null) return {};
  if (!isObject(value)) throw new CatalogError(`"${where}" must be an object with one server under each key`);
  return value;
}

function readServer(raw: Json, place: Place, findings: FindingList): CatalogEntry | undefined {
  const skip = (pointer: string, rule: Finding['rule'], message: string): undefined => {
    findings.add({ entry: place.key, pointer, rule, message, served: false });
    return undefined;
  };
  if (!isObject(raw)) return skip('', 'not-an-object', 'a server must be an object; it was left out');
  const tooDeep = checkNesting(raw);
  if (tooDeep !== undefined) return skip('', 'invalid', tooDeep);
  const subject = place.kind === 'server' ? 'image' : 'url';
  if (isObject(own(raw, 'docker'))) {
    return skip('/docker', 'old-format', 'the draft form with "docker" was never released; write "image" and "env_vars" instead');
  }
  if (asText(own(raw, subject)) === undefined)
    return skip(`/${subject}`, 'missing', `"${subject}" must be a text; the server was left out`);

  const server = toServerJson(raw, place);
  const restored = restoreToolhiveServer(server, place.kind);
  const extra = compact(
    Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, sameJson(own(restored, key), value) ? undefined : value])),
  );
  const invented = Object.keys(restored).filter((key) => !Object.hasOwn(raw, key));
  const origin = compact({
    format: 'toolhive',
    kind: place.kind,
    key: place.key,
    group: place.group,
    // Whatever the way back through server.json would not give again, word for word.
    extra: Object.keys(extra).length > 0 ? extra : undefined,
    absent: invented.length > 0 ? invented : undefined,
  });
  return {
    kind: 'server',
    name: asText(own(server, 'name')) ?? place.key,
    version: UNVERSIONED,
    server,
    meta: { [ORIGIN_META]: origin },
    alias: place.key,
  };
}

function toServerJson(raw: JsonObject, place: Place): JsonObject {
  const name = asText(own(raw, 'name'));
  const repository = asText(own(raw, 'repository_url'));
  const subject = asText(own(raw, place.kind === 'server' ? 'image' : 'url')) ?? '';
  const extension = compact(Object.fromEntries(EXTENSION_FIELDS.map((field) => [field, own(raw, field)])));
  if (place.kind === 'remote_server' && own(raw, 'env_vars') !== undefined) extension['env_vars'] = own(raw, 'env_vars') ?? null;
  if (!Object.hasOwn(extension, 'status')) extension['status'] = 'active';
  return compact({
    $schema: SERVER_SCHEMA,
    name: name?.includes('/') ? name : place.key.includes('/') ? place.key : `${KEY_NAMESPACE}/${place.key}`,
    title: own(raw, 'title'),
    description: own(raw, 'description'),
    version: UNVERSIONED,
    repository: repository === undefined ? undefined : { url: repository, source: 'github' },
    packages: place.kind === 'server' ? [toPackage(raw, subject)] : undefined,
    remotes: place.kind === 'remote_server' ? [toRemote(raw, subject)] : undefined,
    _meta: { [PUBLISHER_META]: { [TOOLHIVE_EXTENSION]: { [subject]: extension } } },
  });
}

function toPackage(raw: JsonObject, image: string): JsonObject {
  const type = asText(own(raw, 'transport')) ?? 'stdio';
  const port = own(raw, 'target_port');
  const url = `http://localhost${typeof port === 'number' && port > 0 ? `:${port}` : ''}`;
  return compact({
    registryType: 'oci',
    identifier: image,
    transport: type === 'stdio' ? { type } : { type, url },
    environmentVariables: inputs(own(raw, 'env_vars')),
  });
}

function toRemote(raw: JsonObject, url: string): JsonObject {
  return compact({ type: asText(own(raw, 'transport')) ?? 'streamable-http', url, headers: inputs(own(raw, 'headers')) });
}

/** ToolHive's `env_vars` and `headers` differ from server.json's inputs in the names of two flags only. */
function inputs(value: Json | undefined): Json | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  return value.filter(isObject).map((input) =>
    compact({
      name: at(input, 'name'),
      description: at(input, 'description'),
      isRequired: at(input, 'required'),
      isSecret: at(input, 'secret'),
      default: at(input, 'default'),
      choices: at(input, 'choices'),
    }),
  );
}
