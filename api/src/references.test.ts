import { expect, test } from '@jest/globals';
import { configMapReferences, names, parseMCPRegistry, registryOfConfigMap, secretReferences } from './index.ts';

test('every ConfigMap that a source names is found with its field', () => {
  const url = { type: 'url', url: 'https://example.com' };
  const references = (spec: object): unknown => {
    const manifest = { apiVersion: 'toolhive.stacklok.dev/v1alpha1', kind: 'MCPRegistry', metadata: { name: 'a' }, spec };
    const parsed = parseMCPRegistry(manifest);
    return parsed.ok ? configMapReferences(parsed.registry) : parsed.issues;
  };
  expect(references({ source: { configmap: { name: 'data' } } })).toEqual([{ path: 'spec.source.configmap.name', name: 'data' }]);
  expect(references({ source: { ...url, tls: { caSecretRef: { name: 'ca' } } } })).toEqual([]);
  expect(
    references({
      sources: [
        { name: 'one', configmap: { name: 'data' } },
        { name: 'two', ...url, tls: { caConfigMapRef: { name: 'ca' } } },
      ],
    }),
  ).toEqual([
    { path: 'spec.sources[0].configmap.name', name: 'data' },
    { path: 'spec.sources[1].tls.caConfigMapRef.name', name: 'ca' },
  ]);
});

test('every Secret that a registry needs is found with its field', () => {
  const url = { type: 'url', url: 'https://example.com' } as const;
  const spec = {
    sources: [
      { name: 'one', ...url, auth: { secretRef: { name: 'login' } }, tls: { caSecretRef: { name: 'ca' } } },
      { name: 'two', ...url, tls: { caConfigMapRef: { name: 'ca' } } },
    ],
    imagePullSecrets: [{ name: 'pull' }],
    env: [
      { name: 'A', valueFrom: { secretKeyRef: { name: 'needed', key: 'a' } } },
      { name: 'B', valueFrom: { secretKeyRef: { name: 'spare', key: 'b', optional: true } } },
      { name: 'C', value: 'c' },
    ],
  };
  expect(secretReferences({ spec })).toEqual([
    { path: 'spec.sources[0].auth.secretRef.name', name: 'login' },
    { path: 'spec.sources[0].tls.caSecretRef.name', name: 'ca' },
    { path: 'spec.imagePullSecrets[0].name', name: 'pull' },
    { path: 'spec.env[0].valueFrom.secretKeyRef.name', name: 'needed' },
  ]);
});

test.each<[string, string | undefined]>([
  [names.config('a'), 'a'],
  [names.deployed('a'), 'a'],
  [names.config('a-config'), 'a-config'],
  ['config', undefined],
  ['-config', undefined],
  ['a-config-2', undefined],
  ['data', undefined],
])('the registry that ConfigMap %s would belong to is %s', (configMap, registry) => {
  expect(registryOfConfigMap(configMap)).toBe(registry);
});
