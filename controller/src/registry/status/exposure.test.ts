import { expect, test } from '@jest/globals';
import type { KubeObject } from '@toolhive-registry/reconciler';
import type { AppliedExposure } from '../exposing.ts';
import { deriveStatus } from './derive.ts';
import { complete, deployment, observation } from './testing.ts';

const NOW = '2026-01-01T00:00:00Z';
const URL = 'https://a.example.com/mcp';

function object(kind: 'Ingress' | 'HTTPRoute', status?: object): KubeObject {
  return {
    apiVersion: 'x/v1',
    kind,
    metadata: { name: 'a-api', namespace: 'team', generation: 3, annotations: { 'toolhive.stacklok.dev/url': URL } },
    spec:
      kind === 'Ingress'
        ? { rules: [{ host: 'a.example.com', http: { paths: [{ path: '/mcp' }] } }] }
        : { parentRefs: [{ name: 'main' }], hostnames: ['a.example.com'], rules: [{ matches: [{ path: { value: '/mcp' } }] }] },
    ...(status === undefined ? {} : { status }),
  } as KubeObject;
}

const refused = { reason: 'IngressFailed', message: 'host is taken', podTemplate: false, transient: false } as const;

function withUrl(url: string): KubeObject {
  const ingress = object('Ingress');
  return { ...ingress, metadata: { ...ingress.metadata, annotations: { 'toolhive.stacklok.dev/url': url } } };
}

const addresses = (...ingress: object[]): object => ({ loadBalancer: { ingress } });
const report = (...conditions: object[]): object => ({
  parents: [
    {
      controllerName: 'x',
      parentRef: { name: 'main' },
      conditions: conditions.map((condition) => ({ observedGeneration: 3, ...condition })),
    },
  ],
});
const accepted = { type: 'Accepted', status: 'True', reason: 'Accepted', message: '' };
const resolved = { type: 'ResolvedRefs', status: 'True', reason: 'ResolvedRefs', message: '' };

test.each<[string, KubeObject, object]>([
  [
    'an Ingress without an address',
    object('Ingress'),
    {
      status: 'Unknown',
      reason: 'NoAddress',
      message: expect.stringMatching(/^No ingress controller has set an address on Ingress a-api/),
    },
  ],
  [
    'an Ingress with addresses',
    object('Ingress', addresses({ ip: '192.0.2.1' }, { hostname: 'lb.example.com' })),
    { status: 'True', reason: 'AddressAssigned', message: 'Ingress a-api has address 192.0.2.1, lb.example.com' },
  ],
  [
    'a route that nobody has reported on',
    object('HTTPRoute'),
    { status: 'Unknown', reason: 'NoReport', message: expect.stringMatching(/^Gateway team\/main has not reported on HTTPRoute a-api/) },
  ],
  [
    'a route whose last edit nobody has reported on',
    object('HTTPRoute', report({ ...accepted, observedGeneration: 2 })),
    { status: 'Unknown', reason: 'NoReport' },
  ],
  [
    'a route that another parent has reported on',
    object('HTTPRoute', { parents: [{ parentRef: { name: 'before' }, conditions: [accepted, resolved] }] }),
    { status: 'Unknown', reason: 'NoReport' },
  ],
  [
    'a route that waits',
    object('HTTPRoute', report({ ...accepted, status: 'Unknown', reason: 'Pending', message: 'the listener is being set up' })),
    { status: 'Unknown', reason: 'Pending', message: 'Gateway team/main has not accepted HTTPRoute a-api: the listener is being set up' },
  ],
  [
    'a route that is accepted',
    object('HTTPRoute', report(accepted, resolved)),
    { status: 'True', reason: 'Accepted', message: 'Gateway team/main accepts HTTPRoute a-api' },
  ],
  [
    'a route that a Gateway does not accept',
    object('HTTPRoute', report({ ...accepted, status: 'False', reason: 'NoMatchingListenerHostname', message: 'no listener for it' })),
    {
      status: 'False',
      reason: 'NoMatchingListenerHostname',
      message: 'Gateway team/main does not serve HTTPRoute a-api: no listener for it',
    },
  ],
  [
    'a route whose Service the Gateway does not find',
    object('HTTPRoute', report(accepted, { ...resolved, status: 'False', reason: 'BackendNotFound' })),
    { status: 'False', reason: 'BackendNotFound', message: 'Gateway team/main does not serve HTTPRoute a-api: BackendNotFound' },
  ],
  ['a status that is nonsense', object('HTTPRoute', { parents: [7, { conditions: 'x' }] }), { status: 'Unknown', reason: 'NoReport' }],
])('%s', (_, exposed, condition) => {
  const status = deriveStatus(observation({ deployment: complete(1), exposure: { isWanted: true, object: exposed } }), {}, NOW);
  expect(status.conditions?.find(({ type }) => type === 'Exposed')).toMatchObject(condition);
  expect(status.url).toBe(URL);
});

test.each<[string, Parameters<typeof observation>[0], string, object | undefined]>([
  ['nothing is to be exposed', { deployment: complete(1) }, 'http://a-api.team.svc.cluster.local:8080', undefined],
  [
    'the object is not there yet',
    { deployment: complete(1), exposure: { isWanted: true } },
    'http://a-api.team.svc.cluster.local:8080',
    { status: 'Unknown', reason: 'NotApplied' },
  ],
  [
    'the object was refused',
    {
      deployment: complete(1),
      exposure: { isWanted: true, failure: { reason: 'IngressFailed', message: 'host is taken', podTemplate: false, transient: false } },
    },
    'http://a-api.team.svc.cluster.local:8080',
    { status: 'False', reason: 'IngressFailed', message: 'The registry is not exposed outside the cluster: host is taken' },
  ],
  [
    'a change was refused',
    { deployment: complete(1), exposure: { isWanted: true, object: object('Ingress'), failure: refused } },
    URL,
    {
      status: 'Unknown',
      reason: 'IngressFailed',
      message: `The last change is not applied, and the registry is still exposed at ${URL}: host is taken`,
    },
  ],
  [
    'a webhook is down',
    { deployment: complete(1), exposure: { isWanted: true, object: object('Ingress'), failure: { ...refused, transient: true } } },
    URL,
    { status: 'Unknown', reason: 'IngressFailed' },
  ],
  [
    'it cannot be deleted',
    { deployment: complete(1), exposure: { isWanted: false, object: object('Ingress'), failure: refused } },
    URL,
    { status: 'True', reason: 'NotRemoved', message: `The registry is still exposed at ${URL}: host is taken` },
  ],
  [
    'somebody wrote another URL into the annotation',
    { deployment: complete(1), exposure: { isWanted: true, object: withUrl('https://evil.example.com/mcp') } },
    'http://a-api.team.svc.cluster.local:8080',
    { status: 'Unknown', reason: 'NoAddress' },
  ],
  [
    'no pod runs',
    { deployment: deployment(1, {}), exposure: { isWanted: true, object: object('Ingress') } },
    '',
    { status: 'Unknown', reason: 'NoAddress' },
  ],
])('the URL while %s', (_, seen, url, condition) => {
  const status = deriveStatus(observation(seen), {}, NOW);
  const exposed = status.conditions?.find(({ type }) => type === 'Exposed');
  expect(status.url).toBe(url);
  if (condition === undefined) expect(exposed).toBeUndefined();
  else expect(exposed).toMatchObject(condition);
});

const conditionOf = (exposure: AppliedExposure): object | undefined =>
  deriveStatus(observation({ deployment: complete(1), exposure }), {}, NOW).conditions?.find(({ type }) => type === 'Exposed');

test.each([
  [
    'an Ingress',
    object('Ingress', addresses({ ip: '192.0.2.1' })),
    1,
    'MCPRegistry t0/a has the same host and path, and the ingress controller decides',
  ],
  ['several', object('Ingress'), 3, 'MCPRegistries t0/a, t1/a, t2/a have the same'],
  ['too many to name', object('Ingress'), 5, 'MCPRegistries t0/a, t1/a, t2/a and others have the same'],
  ['a route', object('HTTPRoute', report(accepted, resolved)), 1, 'MCPRegistry t0/a has the same host and path, and the Gateway decides'],
])('registries with the same host and path are named: %s', (_, live, others, message) => {
  const sharedWith = Array.from({ length: others }, (__, at) => ({ namespace: `t${at}`, name: 'a' }));
  expect(conditionOf({ isWanted: true, object: live, sharedWith })).toMatchObject({
    status: 'Unknown',
    reason: 'SharedAddress',
    message: expect.stringMatching(new RegExp(`^${message}`)),
  });
});

test('that no ingress controller has set an address is said of a shared one too', () => {
  const sharedWith = [{ namespace: 'b', name: 'a' }];
  expect(conditionOf({ isWanted: true, object: object('Ingress'), sharedWith })).toMatchObject({
    message: expect.stringMatching(/ of one\. No ingress controller has set an address on Ingress a-api/),
  });
});

test('a route that its Gateway refuses is not reported as shared', () => {
  const live = object('HTTPRoute', report({ ...accepted, status: 'False', reason: 'NotAllowedByListeners' }));
  expect(conditionOf({ isWanted: true, object: live, sharedWith: [{ namespace: 'b', name: 'a' }] })).toMatchObject({
    reason: 'NotAllowedByListeners',
  });
});

test.each<[string, boolean, object[] | undefined, object | undefined]>([
  ['was exposed', false, [{ type: 'Exposed' }], { status: 'Unknown', reason: 'Forbidden' }],
  ['was never exposed', false, undefined, undefined],
  ['is to be exposed', true, undefined, { status: 'Unknown', reason: 'Forbidden' }],
])('without permissions, a registry that %s', (_, isWanted, conditions, expected) => {
  const failure = { ...refused, reason: 'Forbidden', message: 'no permission' } as const;
  const before = conditions === undefined ? {} : ({ conditions } as never);
  const status = deriveStatus(observation({ deployment: complete(1), exposure: { isWanted, failure } }), before, NOW);
  const exposed = status.conditions?.find(({ type }) => type === 'Exposed');
  if (expected === undefined) expect(exposed).toBeUndefined();
  else expect(exposed).toMatchObject(expected);
  expect(status.phase).toBe('Running');
});
