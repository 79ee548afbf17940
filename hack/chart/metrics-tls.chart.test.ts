import { describe, expect, test } from '@jest/globals';
import { container, only, refusal, render, type Values } from './render.ts';

const tls = (fields: Values = {}, values: Values = {}): Values => ({
  ...values,
  metrics: { tls: { secretName: 'certificate', ...fields } },
});
const pod = (values: Values): Values => only(render(values), 'Deployment')['spec'].template.spec;
const metricsArgs = (values: Values): string[] =>
  (container(render(values))['args'] as string[]).filter((arg) => /^--metrics-(cert|key|client)/.test(arg));

const SERVER = ['--metrics-cert-file=/metrics-tls/tls.crt', '--metrics-key-file=/metrics-tls/tls.key'];
const SERVER_FILES = { secret: { name: 'certificate', items: ['tls.crt', 'tls.key'].map((key) => ({ key, path: key })) } };

describe('metrics over TLS', () => {
  test('are off unless a Secret is named', () => {
    const objects = render();
    expect(metricsArgs({})).toEqual([]);
    expect(pod({})).not.toHaveProperty('volumes');
    expect(container(objects)).not.toHaveProperty('volumeMounts');
    expect(only(objects, 'Service', 'check-toolhive-registry-metrics')['spec'].ports[0]).not.toHaveProperty('appProtocol');
  });

  test.each<[who: string, values: Values, args: string[], sources: object[]]>([
    ['every scraper', tls(), SERVER, [SERVER_FILES]],
    [
      'scrapers with a certificate',
      tls({ clientCASecretName: 'scrapers' }),
      [...SERVER, '--metrics-client-ca-file=/metrics-tls/client-ca.crt'],
      [SERVER_FILES, { secret: { name: 'scrapers', items: [{ key: 'ca.crt', path: 'client-ca.crt' }] } }],
    ],
  ])('are for %s', (_, values, args, sources) => {
    expect(metricsArgs(values)).toEqual(args);
    expect(pod(values)['volumes']).toEqual([{ name: 'metrics-tls', projected: { sources } }]);
    expect(container(render(values))['volumeMounts']).toEqual([{ name: 'metrics-tls', mountPath: '/metrics-tls', readOnly: true }]);
    expect(only(render(values), 'Service', 'check-toolhive-registry-metrics')['spec'].ports[0]).toMatchObject({ appProtocol: 'https' });
  });

  test('leave other volumes where they are', () => {
    const other = { extraVolumes: [{ name: 'ca', emptyDir: {} }], extraVolumeMounts: [{ name: 'ca', mountPath: '/ca' }] };
    expect(pod(tls({}, other))['volumes']).toMatchObject([{ name: 'metrics-tls' }, { name: 'ca' }]);
    expect(container(render(tls({}, other)))['volumeMounts']).toMatchObject([{ name: 'metrics-tls' }, { name: 'ca' }]);
  });

  test('are not what probes ask for', () => {
    const { livenessProbe, readinessProbe } = container(render(tls())) as never as Record<string, object>;
    for (const probe of [livenessProbe, readinessProbe]) expect(probe).not.toHaveProperty('httpGet.scheme');
  });
});

describe('the monitor', () => {
  const monitored = (controller: Values = {}): Values => ({ monitoring: { controller: { enabled: true, ...controller } } });
  const ca = { secret: { name: 'certificate', key: 'ca.crt' } };
  const serverName = 'check-toolhive-registry-metrics.system.svc';
  const client = { cert: { secret: { name: 'c', key: 'tls.crt' } }, keySecret: { name: 'c', key: 'tls.key' } };

  test.each<[kind: string, field: string]>([
    ['ServiceMonitor', 'endpoints'],
    ['PodMonitor', 'podMetricsEndpoints'],
  ])('trusts the CA of the Secret, for the name of the Service: %s', (kind, field) => {
    expect(only(render(tls({}, monitored({ kind }))), kind)['spec'][field]).toEqual([
      { port: 'metrics', path: '/metrics', scheme: 'https', tlsConfig: { ca, serverName } },
    ]);
  });

  test.each<[what: string, tlsConfig: Values, expected: Values]>([
    ['another CA', { ca: { configMap: { name: 'x', key: 'y' } } }, { ca: { configMap: { name: 'x', key: 'y' } }, serverName }],
    ['the CAs of the system', { ca: {} }, { ca: {}, serverName }],
    ['another name', { serverName: 'metrics.example.com' }, { ca, serverName: 'metrics.example.com' }],
    ['a certificate to show', client, { ca, serverName, ...client }],
  ])('can have %s', (_, tlsConfig, expected) => {
    expect(only(render(tls({}, monitored({ tlsConfig }))), 'ServiceMonitor')['spec'].endpoints[0].tlsConfig).toEqual(expected);
  });

  test('of registries stays without TLS', () => {
    const values = tls({}, { monitoring: { registries: { enabled: true } }, registryDefaults: { networkPolicy: { enabled: false } } });
    expect(only(render(values), 'PodMonitor')['spec'].podMetricsEndpoints[0]).not.toHaveProperty('scheme');
  });

  test.each<[why: string, values: Values]>([
    ['needs metrics.tls.secretName', { metrics: { tls: { clientCASecretName: 'scrapers' } } }],
    ['needs monitoring.controller.tlsConfig.cert and .keySecret', tls({ clientCASecretName: 'scrapers' }, monitored())],
    ['secretName', tls({ secretName: 'Certificate' })],
    ['secret', tls({ secret: 'certificate' })],
  ])('or Helm says: %s', (why, values) => {
    expect(refusal(values)).toContain(why);
  });
});
