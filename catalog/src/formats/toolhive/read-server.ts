import { ORIGIN_META, type CatalogEntry } from '../../entry/entry.ts';
import type { Finding, FindingSink } from '../../entry/findings.ts';
import { asText, at, compact, isObject, own, sameJson, type Json, type JsonObject } from '../../json.ts';
import { CARRIED_META, carriedBy, withCarried } from '../carry.ts';
import { checkNesting } from '../limits.ts';
import { readItem } from '../upstream/item.ts';
import { UNVERSIONED } from './fields.ts';
import type { Place } from './origin.ts';
import { toServerJson } from './to-server-json.ts';
import { matchesVisible, visibleOf } from './visible.ts';
import { restoreToolhiveServer } from './write.ts';

/** Reads a server in ToolHive's format: one entry, followed by further versions if it carries any. None for an unusable one. */
export function readServer(raw: Json, place: Place, findings: FindingSink): CatalogEntry[] {
  const skip = (pointer: string, rule: Finding['rule'], message: string): [] => {
    findings.add({ entry: place.key, pointer, rule, message, served: false });
    return [];
  };
  if (!isObject(raw)) return skip('', 'not-an-object', 'a server must be an object; it was left out');
  const tooDeep = checkNesting(raw);
  if (tooDeep !== undefined) return skip('', 'invalid', tooDeep);
  const draft = own(raw, 'docker');
  const server = isObject(draft) ? fromDraft(raw, draft) : raw;
  const subject = place.kind === 'server' ? 'image' : 'url';
  if (asText(own(server, subject)) === undefined)
    return skip(`/${subject}`, 'missing', `"${subject}" must be a text; the server was left out`);

  const visible = visibleOf(server);
  const entry = entryOfToolhive(visible, place);
  const carried = at(server, 'custom_metadata', CARRIED_META);
  if (carried === undefined) return [entry];
  const entries = carriedEntries(visible, entry, carried, place);
  if (matchesVisible(visible, entries, place)) return entries;
  findings.add({
    entry: place.key,
    pointer: `/custom_metadata/${CARRIED_META.replace('/', '~1')}`,
    rule: 'not-read',
    message: 'what the server carries along does not belong to its visible text, and was not used; remove it',
    served: true,
  });
  return [entry];
}

/** The entries from a server and what it carries: itself, and further versions. None if that belongs to another text. */
function carriedEntries(visible: JsonObject, entry: CatalogEntry, carried: Json, place: Place): CatalogEntry[] {
  const whole = withCarried(visible, { server: entry.server, meta: {} }, carried);
  if (!isObject(whole)) return [];
  const versions = own(whole, 'versions');
  const items = [{ server: own(whole, 'server') ?? null, _meta: own(whole, 'meta') ?? {} }, ...(Array.isArray(versions) ? versions : [])];
  const unsaid = { add: () => undefined };
  const entries = items.flatMap((item, index) => readItem(item, `${place.key}#${index}`, unsaid, { wrapped: true }) ?? []);
  return entries.length === items.length ? entries : [];
}

/** The entry from the server itself. Its origin keeps word for word whatever converting it back would not restore. */
export function entryOfToolhive(raw: JsonObject, place: Place): CatalogEntry {
  const server = toServerJson(raw, place.kind, place.key);
  const restored = restoreToolhiveServer(server, place.kind, place.key);
  const carried = sameJson(restored, raw) ? undefined : carriedBy(server, restored, raw);
  const origin = compact({ format: 'toolhive', kind: place.kind, key: place.key, carried });
  return {
    kind: 'server',
    name: asText(own(server, 'name')) ?? place.key,
    version: UNVERSIONED,
    server,
    meta: { [ORIGIN_META]: origin },
    alias: place.key,
  };
}

/** The draft of the format, known only from documents: `docker: {image, env}` instead of `image` and `env_vars`. */
function fromDraft(raw: JsonObject, { image, env, ...others }: JsonObject): JsonObject {
  const { docker: _docker, ...server } = raw;
  return compact({ ...server, image, env_vars: variablesOf(env), ...(Object.keys(others).length === 0 ? {} : { docker: others }) });
}

/** Written as a list of names or of `NAME=value`, or as an object of values. */
function variablesOf(env: Json | undefined): Json | undefined {
  if (isObject(env)) return Object.entries(env).map(([name, value]) => compact({ name, default: asText(value) }));
  if (!Array.isArray(env)) return undefined;
  return env.flatMap((one) => {
    if (isObject(one)) return [one];
    const [name = '', ...value] = (asText(one) ?? '').split('=');
    return name === '' ? [] : [compact({ name, default: value.length === 0 ? undefined : value.join('=') })];
  });
}
