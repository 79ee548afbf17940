import { OFFICIAL_META, ORIGIN_META } from '../../entry/entry.ts';
import { asText, at, compact, isObject, own, type Json, type JsonObject } from '../../json.ts';

/** Wrapper of the official API's metadata until September 2025. */
const OLD_OFFICIAL = 'x-io.modelcontextprotocol.registry';
/** Wrapper of publishers' metadata. */
const OLD_PUBLISHER = 'x-publisher';

/** Keys next to the server. */
export const OLD_ITEM_KEYS: readonly string[] = [OLD_OFFICIAL, OLD_PUBLISHER];

/** Renamed keys, at any depth. Other names of two words only changed their spelling: `is_required`. */
const RENAMED: Readonly<Record<string, string>> = { registry_name: 'registryType', transport_type: 'type' };
/** Renamed types of packages. */
const REGISTRY_TYPES: Readonly<Record<string, string>> = { docker: 'oci' };

/** A server.json from before July 2025, when its version stood in `version_detail`. */
export function isOldGeneration(server: JsonObject): boolean {
  return isObject(own(server, 'version_detail'));
}

/** An old server.json in the current form, and its official metadata; `item` is its wrapper. What the current form has no place for goes into the origin. */
export function fromOldGeneration(old: JsonObject, item: JsonObject): { readonly server: JsonObject; readonly meta: JsonObject } {
  const { version_detail: detail, packages, remotes, id, ...others } = old;
  const official = own(item, OLD_OFFICIAL);
  const said = own(item, '_meta');
  const status = asText(own(old, 'status'));
  const publisher = own(item, OLD_PUBLISHER);
  const server = compact({
    ...others,
    version: own(isObject(detail) ? detail : {}, 'version'),
    packages: Array.isArray(packages) ? packages.map(packageOf) : packages,
    remotes: Array.isArray(remotes) ? remotes.map(renamed) : remotes,
  });
  const times = compact({
    status,
    publishedAt: own(isObject(official) ? official : {}, 'published_at') ?? at(detail, 'release_date'),
    updatedAt: at(official, 'updated_at'),
  });
  return {
    server,
    meta: compact({
      ...(isObject(said) ? said : {}),
      [OFFICIAL_META]: Object.keys(times).length === 0 ? undefined : times,
      [ORIGIN_META]: compact({ format: 'version-detail', id, version_detail: detail, official, publisher }),
    }),
  };
}

function packageOf(old: Json): Json {
  if (!isObject(old)) return old;
  const { name, registry_name: type, ...others } = old;
  const moved = renamed({ ...others, registry_name: REGISTRY_TYPES[asText(type) ?? ''] ?? type ?? null });
  if (!isObject(moved)) return moved;
  return compact({
    registryType: own(moved, 'registryType'),
    identifier: own(moved, 'identifier') ?? name,
    ...moved,
    // Written even if unknown.
    version: own(moved, 'version') === '' ? undefined : own(moved, 'version'),
    transport: own(moved, 'transport') ?? { type: 'stdio' },
  });
}

/** A value with current names, at any depth. Names of variables are the publisher's and stay. */
export function renamed(value: Json): Json {
  if (Array.isArray(value)) return value.map(renamed);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      const own = Object.hasOwn(RENAMED, key) ? RENAMED[key] : undefined;
      return [
        own ?? key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
        key === 'variables' ? variables(member) : renamed(member),
      ];
    }),
  );
}

function variables(value: Json): Json {
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, renamed(one)])) : value;
}
