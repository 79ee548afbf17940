import { expect, test } from '@jest/globals';
import type { Expose } from '@toolhive-registry/api';
import type { Desired } from '@toolhive-registry/reconciler';
import { renderExposure, renderObjects } from './objects.ts';
import { validRegistry } from './testing.ts';

const settings = { pods: { serverImage: 'registry.example.com/server:1', ui: true }, installation: 'toolhive-system/registries' };
const backend = { service: { name: 'a-api', port: { number: 8080 } } };

/** What exposes registry `a`, and the arguments of its pods that relate to it. */
function exposureOf(expose: object | undefined) {
  const registry = validRegistry(expose === undefined ? {} : { expose });
  const objects = renderObjects(registry, { replicas: 1 }, settings);
  const deployment = objects.find(({ kind }) => kind.kind === 'Deployment')?.object as unknown as {
    spec: { template: { spec: { containers: { args: string[] }[] } } };
  };
  return {
    exposure: exposures(registry.manifest.spec.expose, registry),
    args: deployment.spec.template.spec.containers[0]?.args.filter((arg) => arg.startsWith('--base-path')),
  };
}

function exposures(expose: Expose | undefined, registry: Parameters<typeof renderExposure>[0]): Desired[] {
  return expose === undefined ? [] : [renderExposure(registry, expose, settings.installation)];
}

test('without spec.expose nothing is rendered', () => {
  expect(exposureOf(undefined)).toEqual({ exposure: [], args: [] });
});

test.each<[string, object, object, object, string[]]>([
  [
    'a host alone: an Ingress of the default class',
    { host: 'a.example.com' },
    { 'toolhive.stacklok.dev/url': 'http://a.example.com' },
    { rules: [{ host: 'a.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }] },
    [],
  ],
  [
    'class, certificate, annotations and path',
    {
      host: 'a.example.com',
      path: '/mcp/',
      ingress: { className: 'nginx', tlsSecretName: 'tls', annotations: { 'cert-manager.io/issuer': 'main' } },
    },
    {
      'toolhive.stacklok.dev/url': 'https://a.example.com/mcp',
      'toolhive.stacklok.dev/ingress-class': 'nginx',
      'cert-manager.io/issuer': 'main',
    },
    {
      ingressClassName: 'nginx',
      tls: [{ hosts: ['a.example.com'], secretName: 'tls' }],
      rules: [{ host: 'a.example.com', http: { paths: [{ path: '/mcp', pathType: 'Prefix', backend }] } }],
    },
    ['--base-path=/mcp'],
  ],
])('%s', (_, expose, annotations, spec, args) => {
  const { exposure, args: actual } = exposureOf(expose);
  expect(exposure).toMatchObject([
    {
      object: { kind: 'Ingress', metadata: { name: 'a-api', ownerReferences: [{ uid: 'uid-of-a' }] }, spec },
    },
  ]);
  expect(exposure[0]?.object.metadata.annotations).toEqual({ ...annotations, 'toolhive.stacklok.dev/installation': settings.installation });
  expect(actual).toEqual(args);
});

test.each<[string, object, object, string]>([
  [
    'a Gateway of the namespace',
    { host: 'a.example.com', gateway: { name: 'main' } },
    { parentRefs: [{ name: 'main' }], rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }] }] },
    'https://a.example.com',
  ],
  [
    'one listener of a Gateway elsewhere, with a path',
    { host: 'a.example.com', path: '/mcp/', scheme: 'http', gateway: { name: 'main', namespace: 'gateways', sectionName: 'web' } },
    {
      parentRefs: [{ name: 'main', namespace: 'gateways', sectionName: 'web' }],
      rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/mcp' } }] }],
    },
    'http://a.example.com/mcp',
  ],
])('%s', (_, expose, spec, url) => {
  const [route] = exposureOf(expose).exposure;
  expect(route).toMatchObject({
    object: {
      kind: 'HTTPRoute',
      metadata: { name: 'a-api', annotations: { 'toolhive.stacklok.dev/url': url } },
      spec: { ...spec, hostnames: ['a.example.com'] },
    },
  });
  expect(route?.object).toMatchObject({ spec: { rules: [{ backendRefs: [{ name: 'a-api', port: 8080 }] }] } });
});
