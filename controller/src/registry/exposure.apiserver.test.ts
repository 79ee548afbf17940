import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { load } from 'js-yaml';
import { waitFor } from '@toolhive-registry/testenv';
import { condition, HTTP_ROUTE_CRD, startBench, type Bench, type Cluster, type Obj } from '../testing.ts';

let bench: Bench;
let cluster: Cluster;

beforeAll(async () => {
  bench = await startBench();
  ({ cluster } = bench);
}, 60_000);

afterAll(async () => {
  await bench?.stop();
}, 60_000);

const exposed = (object: Obj) => condition(object, 'Exposed');
const registry = (namespace: string, holds: (object: Obj) => unknown): Promise<Obj> =>
  cluster.until('mcpregistries', namespace, 'a', holds);
const edit = (namespace: string, expose: object | null): Promise<Obj> =>
  cluster.patch('mcpregistries', namespace, 'a', { spec: { expose } });

/** Plays the ingress controller. */
const assign = (namespace: string, ip: string): Promise<Obj> =>
  cluster.patch('ingresses', namespace, 'a-api', { status: { loadBalancer: { ingress: [{ ip }] } } }, 'status');

describe('an Ingress', () => {
  test('is created, reported, changed with the spec, restored, and deleted when the spec asks for none', async () => {
    const namespace = await bench.settled({
      expose: {
        host: 'a.example.com',
        path: '/mcp',
        ingress: { className: 'nginx', tlsSecretName: 'tls', annotations: { 'example.com/x': '1' } },
      },
    });
    await bench.available(namespace, 1);
    const ingress = await cluster.until('ingresses', namespace, 'a-api', () => true);
    expect(ingress.metadata.annotations).toMatchObject({ 'example.com/x': '1' });
    expect(ingress['spec']).toMatchObject({ ingressClassName: 'nginx', tls: [{ hosts: ['a.example.com'], secretName: 'tls' }] });
    const running = await registry(namespace, (object) => object['status'].phase === 'Running');
    expect(running['status'].url).toBe('https://a.example.com/mcp');
    expect(exposed(running)).toMatchObject({ status: 'Unknown', reason: 'NoAddress' });

    await assign(namespace, '192.0.2.1');
    await registry(namespace, (object) => exposed(object)?.status === 'True');
    await cluster.until('events', namespace, '', ({ items }) =>
      (items as Obj[]).some((event) => event['reason'] === 'Exposed' && event['note'] === 'Ingress a-api has address 192.0.2.1'),
    );

    const before = (await bench.writes(namespace)).length;
    await bench.passAgain(namespace);
    expect((await bench.writes(namespace)).length).toBe(before);

    await cluster.patch('ingresses', namespace, 'a-api', { spec: { rules: [{ host: 'x.example.com' }] } });
    await cluster.until('ingresses', namespace, 'a-api', (object) => object['spec'].rules?.[0]?.host === 'a.example.com');
    await cluster.delete('ingresses', namespace, 'a-api');
    await cluster.until('ingresses', namespace, 'a-api', ({ metadata }) => metadata.uid !== ingress.metadata.uid);
    // The new Ingress has no address; once that is reported, and a pass later, the controller's store has it.
    await registry(namespace, (object) => exposed(object)?.reason === 'NoAddress');
    await bench.passAgain(namespace);

    // Pods of the previous template answer below the previous path.
    await edit(namespace, { host: 'b.example.com', path: null, ingress: { tlsSecretName: null } });
    const waiting = await registry(namespace, (object) =>
      exposed(object)?.message?.endsWith('; path / is used once all pods answer below it'),
    );
    expect(waiting['status'].url).toBe('https://a.example.com/mcp');
    await bench.available(namespace, 1);
    await registry(namespace, (object) => object['status'].url === 'http://b.example.com');

    // An edit of the class is undone: a new Ingress would have another address.
    const { metadata } = await cluster.until('ingresses', namespace, 'a-api', () => true);
    await cluster.patch('ingresses', namespace, 'a-api', { spec: { ingressClassName: 'edited' } });
    await cluster.until(
      'ingresses',
      namespace,
      'a-api',
      (object) => object['spec'].ingressClassName === 'nginx' && object.metadata.uid === metadata.uid,
    );

    // The address belongs to the previous class.
    await edit(namespace, { ingress: { className: 'other' } });
    await cluster.until('ingresses', namespace, 'a-api', (object) => object['spec'].ingressClassName === 'other');
    await registry(namespace, (object) => exposed(object)?.reason === 'NoAddress');

    await edit(namespace, null);
    await cluster.gone('ingresses', namespace, 'a-api');
    const internal = await registry(namespace, (object) => object['status'].url === `http://a-api.${namespace}.svc.cluster.local:8080`);
    expect(exposed(internal)).toBeUndefined();
  }, 60_000);

  test('of somebody else stays, and the status says so while the registry is served', async () => {
    const namespace = await bench.settled();
    await bench.available(namespace, 1);
    await cluster.create('ingresses', namespace, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'a-api' },
      spec: { defaultBackend: { service: { name: 'mine', port: { number: 80 } } } },
    });
    await edit(namespace, { host: 'theirs.example.com' });
    const refused = await registry(namespace, (object) => exposed(object)?.status === 'False');
    expect(exposed(refused)).toMatchObject({
      reason: 'IngressFailed',
      message: expect.stringContaining('delete it or choose another name'),
    });
    expect(refused['status']).toMatchObject({ phase: 'Running', url: `http://a-api.${namespace}.svc.cluster.local:8080` });
    expect(condition(refused, 'Ready')).toMatchObject({ status: 'True' });
    expect(condition(refused, 'Stalled')).toMatchObject({ reason: 'IngressFailed' });

    await cluster.delete('ingresses', namespace, 'a-api');
    await registry(namespace, (object) => object['status'].url === 'http://theirs.example.com');
  }, 60_000);

  test('that finalizers hold is reported until it is gone', async () => {
    const namespace = await bench.settled({ expose: { host: 'held.example.com' } });
    await cluster.until('ingresses', namespace, 'a-api', () => true);
    await cluster.patch('ingresses', namespace, 'a-api', { metadata: { finalizers: ['example.com/load-balancer'] } });
    await edit(namespace, null);
    const held = await registry(namespace, (object) => exposed(object)?.reason === 'NotRemoved');
    expect(exposed(held)).toMatchObject({
      status: 'Unknown',
      message: 'The registry may still be exposed: Ingress a-api is being deleted and waits for its finalizers',
    });
    await cluster.patch('ingresses', namespace, 'a-api', { metadata: { finalizers: null } });
    await registry(namespace, (object) => exposed(object) === undefined);
  }, 60_000);

  test('at the host and path of another registry is reported by both, until one of them moves or goes', async () => {
    const expose = { host: 'shared.example.com', path: '/mcp', ingress: { className: 'nginx' } };
    const first = await bench.settled({ expose });
    await assign(first, '192.0.2.1');
    await registry(first, (object) => exposed(object)?.status === 'True');
    const second = await bench.settled({ expose });
    const third = await bench.settled({ expose: { ...expose, ingress: { className: 'internal' } } });

    const shares = (others: string) => (object: Obj) =>
      exposed(object)?.reason === 'SharedAddress' && exposed(object)?.message?.startsWith(`${others} the same host and path`);
    await registry(first, shares(`MCPRegistry ${second}/a has`));
    await registry(second, shares(`MCPRegistry ${first}/a has`));
    expect(exposed(await registry(third, () => true))).toMatchObject({ reason: 'NoAddress' });
    await cluster.until('events', second, '', ({ items }) =>
      (items as Obj[]).some((event) => event['reason'] === 'SharedAddress' && event['type'] === 'Warning'),
    );

    await edit(second, { host: 'moved.example.com' });
    await registry(first, (object) => exposed(object)?.status === 'True');
    await edit(third, { ingress: { className: 'nginx' } });
    await registry(third, shares(`MCPRegistry ${first}/a has`));
    await cluster.delete('mcpregistries', first, 'a');
    await cluster.delete('ingresses', first, 'a-api');
    await registry(third, (object) => exposed(object)?.reason === 'NoAddress');
  }, 60_000);
});

describe('an HTTPRoute', () => {
  test('waits for the Gateway API, replaces the Ingress, and reports what the Gateway says about it', async () => {
    const namespace = await bench.settled({ expose: { host: 'a.example.com' } });
    await bench.available(namespace, 1);
    await cluster.until('ingresses', namespace, 'a-api', () => true);

    await edit(namespace, { gateway: { name: 'main', namespace: 'gateways' } });
    const refused = await registry(namespace, (object) => exposed(object)?.reason === 'HTTPRouteFailed');
    expect(exposed(refused)?.message).toContain(
      'spec.expose.gateway needs httproutes of gateway.networking.k8s.io/v1, which this cluster does not have; install the Gateway API (1.0 or newer)',
    );
    // What a refused change leaves in place keeps serving.
    expect(refused['status']).toMatchObject({ phase: 'Running', url: 'http://a.example.com' });
    expect(await cluster.get('ingresses', namespace, 'a-api')).toBeDefined();

    await cluster.api.request(
      'POST',
      '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
      load(await readFile(HTTP_ROUTE_CRD, 'utf8')),
    );
    // It is looked for every ten seconds; reconciling the registry by itself takes up to a minute more.
    await waitFor(
      async () => {
        await bench.passAgain(namespace);
        return cluster.get('httproutes', namespace, 'a-api');
      },
      { message: 'the HTTPRoute', deadlineMs: 30_000, intervalMs: 500 },
    );
    const route = await cluster.until('httproutes', namespace, 'a-api', () => true);
    await cluster.gone('ingresses', namespace, 'a-api');
    expect(route['spec']).toMatchObject({ parentRefs: [{ name: 'main', namespace: 'gateways' }], hostnames: ['a.example.com'] });
    await registry(namespace, (object) => object['status'].url === 'https://a.example.com' && exposed(object)?.reason === 'NoReport');

    const report = (condition: object): Promise<Obj> =>
      cluster.patch(
        'httproutes',
        namespace,
        'a-api',
        {
          status: {
            parents: [
              {
                controllerName: 'example.com/gateways',
                parentRef: { name: 'main', namespace: 'gateways' },
                conditions: [{ type: 'Accepted', lastTransitionTime: '2026-01-01T00:00:00Z', observedGeneration: 1, ...condition }],
              },
            ],
          },
        },
        'status',
      );
    await report({ status: 'False', reason: 'NotAllowedByListeners', message: 'no listener takes routes of this namespace' });
    await registry(namespace, (object) => exposed(object)?.reason === 'NotAllowedByListeners');
    await report({ status: 'True', reason: 'Accepted', message: '' });
    await registry(namespace, (object) => exposed(object)?.status === 'True');

    const before = (await bench.writes(namespace)).length;
    await bench.passAgain(namespace);
    expect((await bench.writes(namespace)).length).toBe(before);

    await edit(namespace, { gateway: null });
    await cluster.gone('httproutes', namespace, 'a-api');
    await cluster.until('ingresses', namespace, 'a-api', () => true);
  }, 120_000);
});
