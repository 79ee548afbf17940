import { labels, serverKinds } from '@toolhive-registry/api';
import { expect, test } from '@jest/globals';
import { Ajv, type AnySchema, type ValidateFunction } from 'ajv';
import { loadAll } from 'js-yaml';
import { readFileSync } from 'node:fs';
import { readCatalog } from '../formats/read.ts';
import { asText, at, type Json, type JsonObject } from '../json.ts';
import { REAL_CATALOGS, testdata } from '../testing.ts';
import { kubernetesManifest, MANIFEST_KINDS, type ManifestKind } from './index.ts';

const ownership = { registry: { name: 'team', namespace: 'prod' }, labels };

interface Crd {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly schema: { readonly openAPIV3Schema: AnySchema } }[];
  };
}

const ajv = new Ajv({ strict: false, formats: { int32: true } });
/** The schemas of the kinds, as far as the tests of the controller have them. */
const schemas = new Map<string, ValidateFunction>(
  ['toolhive', 'mcp-lifecycle'].flatMap((name) => {
    const crds = loadAll(readFileSync(new URL(`../../../e2e/server-kinds/${name}.yaml`, import.meta.url), 'utf8')) as Crd[];
    return crds.flatMap(({ spec }) =>
      spec.versions.map(
        (version) => [`${spec.group}/${version.name} ${spec.names.kind}`, ajv.compile(version.schema.openAPIV3Schema)] as const,
      ),
    );
  }),
);

/** The values of a field that is written as {@link serverKinds} has it, without lists. */
function valueOf(object: JsonObject, field: string): Json | undefined {
  return at(object, ...field.split('.'));
}

test.each(REAL_CATALOGS)(
  'the manifests of %s match their schemas, and have the references that enforcement and the registry look for',
  (catalog) => {
    const problems: string[] = [];
    let count = 0;
    for (const { kind: entryKind, server } of readCatalog(testdata(catalog), 'auto').entries)
      for (const kind of entryKind === 'server' ? MANIFEST_KINDS : []) {
        const found = kubernetesManifest(server, { kind, ...ownership });
        const object = found.available ? found.manifests.at(-1) : undefined;
        if (object === undefined) continue;
        count += 1;
        const [apiVersion, name] = [asText(object['apiVersion']) ?? '', asText(object['kind']) ?? ''];
        const validate = schemas.get(`${apiVersion} ${name}`);
        if (validate?.(object) !== true) problems.push(`${asText(server['name'])}: ${JSON.stringify(validate?.errors ?? apiVersion)}`);
        const [group] = apiVersion.split('/');
        const known = serverKinds.find((one) => one.group === group && one.kind === name);
        const named = [...(known?.images ?? []), ...(known?.urls ?? [])].some((field) => typeof valueOf(object, field) === 'string');
        const own =
          at(object, 'metadata', 'labels', labels.registryName) === 'team' &&
          at(object, 'metadata', 'labels', labels.registryNamespace) === 'prod';
        if (!named || !own) problems.push(`${asText(server['name'])}: ${JSON.stringify(object)}`);
      }
    expect(problems).toEqual([]);
    expect(count).toBeGreaterThan(0);
  },
);

test.each<[string, ManifestKind, number]>([
  ['official-registry-dump-2026-02-06.json', 'toolhive', 739],
  ['official-registry-dump-2026-02-06.json', 'sig-apps', 11],
  ['toolhive-legacy-2025-10-22.json', 'toolhive', 88],
  ['toolhive-catalog-2026-08-24.json', 'toolhive', 110],
  ['toolhive-catalog-2026-08-24.json', 'sig-apps', 15],
])('for %s, %s has manifests for %d', (catalog, kind, wanted) => {
  const { entries } = readCatalog(testdata(catalog), 'auto');
  const servers = entries
    .filter((entry) => entry.kind === 'server')
    .map(({ server }) => kubernetesManifest(server, { kind, ...ownership }));
  expect(servers.filter(({ available }) => available).length).toBe(wanted);
});
