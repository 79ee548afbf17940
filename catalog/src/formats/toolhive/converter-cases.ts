import { PUBLISHER_META, TOOLHIVE_EXTENSION } from '../../entry/entry.ts';
import { at, isObject, own, type Json, type JsonObject } from '../../json.ts';
import { testdata } from '../../testing.ts';
import { readCatalog } from '../read.ts';

/** For tests: a server in one form, and the expected conversion. */
export interface ConverterCase {
  readonly case: string;
  readonly to: 'server.json' | 'image' | 'remote';
  readonly from?: 'image' | 'remote';
  readonly key?: string;
  readonly input: JsonObject;
}

/** Long texts, which converters do not modify. */
const BULK = ['tool_definitions', 'overview'];

/** For tests: hand-written cases, and the servers of the real catalogs. */
export function* converterCases(): Generator<ConverterCase> {
  yield* JSON.parse(testdata('toolhive-converters/cases.json').toString()) as ConverterCase[];
  const legacy = JSON.parse(testdata('toolhive-legacy-2025-10-22.json').toString()) as Record<string, Record<string, JsonObject>>;
  for (const [section, from] of [
    ['servers', 'image'],
    ['remote_servers', 'remote'],
  ] as const) {
    for (const [key, input] of Object.entries(legacy[section] ?? {})) {
      yield { case: key, to: 'server.json', from, key, input: without(input, BULK) };
    }
  }
  for (const catalog of ['toolhive-catalog-2026-08-24.json', 'official-registry-dump-2026-02-06.json']) {
    for (const { kind, name, version, server } of readCatalog(testdata(catalog), 'auto').entries) {
      const input = withoutBulk(server);
      const found = { case: `${name}@${version}`, input };
      if (kind !== 'server') continue;
      if (Array.isArray(own(input, 'remotes'))) yield { ...found, to: 'remote' };
      if (hasImage(input)) yield { ...found, to: 'image' };
    }
  }
}

function hasImage(server: JsonObject): boolean {
  const packages = own(server, 'packages');
  return Array.isArray(packages) && packages.some((one) => at(one, 'registryType') === 'oci');
}

function withoutBulk(server: JsonObject): JsonObject {
  const extensions = at(server, '_meta', PUBLISHER_META, TOOLHIVE_EXTENSION);
  if (!isObject(extensions)) return server;
  const less = Object.entries(extensions).map(([key, value]): [string, Json] => [key, isObject(value) ? without(value, BULK) : value]);
  return { ...server, _meta: { [PUBLISHER_META]: { [TOOLHIVE_EXTENSION]: Object.fromEntries(less) } } };
}

function without(value: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}
