import { describe, expect, test } from '@jest/globals';
import { appLabelValue, labels } from '@toolhive-registry/api';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { grafanaDashboard } from '../dashboard/grafana.ts';
import { alertRules, alertsFile, type AlertRule } from '../generate/alerts.ts';
import { root } from './programs.ts';
import { ofKind, only, refusal, render, type Rendered, type Values } from './render.ts';

const monitored = (fields: Values, values: Values = {}): Values => ({
  registryDefaults: { networkPolicy: { scraperNamespaces: ['monitoring'] } },
  ...values,
  monitoring: fields,
});
const controller = (fields: Values = {}): Values => ({ controller: { enabled: true, ...fields } });
const registries = (fields: Values = {}): Values => ({ registries: { enabled: true, ...fields } });
const rules = (fields: Values = {}): Values => ({ rules: { enabled: true, ...fields } });
const KINDS = ['ServiceMonitor', 'PodMonitor', 'PrometheusRule'];

/** Whether a selector takes an object with these labels. */
function isMatchOf(objectLabels: Readonly<Record<string, string>> = {}, selector: Readonly<Record<string, string>>): boolean {
  return Object.entries(selector).every(([name, value]) => objectLabels[name] === value);
}

test('nothing of all this is there unless it is wanted', () => {
  expect(render().filter(({ kind }) => KINDS.includes(kind) || kind === 'ConfigMap')).toEqual([]);
});

test('labels of all of it, by which a Prometheus chooses', () => {
  const objects = render(monitored({ labels: { release: 'p' }, ...controller(), ...registries(), ...rules() }));
  const found = objects.filter(({ kind }) => KINDS.includes(kind));
  expect(found.map(({ metadata }) => [metadata.labels?.['release'], metadata.namespace])).toEqual([1, 2, 3].map(() => ['p', 'system']));
});

describe('the controller', () => {
  test('is found by the Service of its metrics', () => {
    const objects = render(monitored(controller()));
    const { selector, endpoints } = only(objects, 'ServiceMonitor')['spec'];
    // The Service of `helm test` is none of them.
    const found = ofKind(objects, 'Service').filter(({ metadata }) => isMatchOf(metadata.labels, selector.matchLabels));
    expect(found.map(({ metadata }) => metadata.name)).toEqual(['check-toolhive-registry-metrics']);
    const service = only(found, 'Service');
    expect(service['spec'].ports.map(({ name }: { name: string }) => name)).toContain(endpoints[0].port);
    expect(endpoints).toEqual([{ port: 'metrics', path: '/metrics' }]);
  });

  test('or by its pods', () => {
    const objects = render(monitored(controller({ kind: 'PodMonitor', interval: '30s', scrapeTimeout: '10s' })));
    const { selector, podMetricsEndpoints } = only(objects, 'PodMonitor')['spec'];
    expect(only(objects, 'Deployment')['spec'].template.metadata.labels).toMatchObject(selector.matchLabels);
    expect(podMetricsEndpoints).toEqual([{ port: 'metrics', path: '/metrics', interval: '30s', scrapeTimeout: '10s' }]);
  });

  test('is distinguished from registries by its job', () => {
    const objects = render(monitored({ ...controller(), ...registries() }));
    expect(only(objects, 'ServiceMonitor')['spec'].jobLabel).toBe('app.kubernetes.io/name');
    expect(only(objects, 'PodMonitor')['spec'].jobLabel).toBe('app.kubernetes.io/name');
  });
});

describe('registries', () => {
  const namespace = { sourceLabels: ['__meta_kubernetes_namespace'], targetLabel: 'registry_namespace' };

  test.each([
    ['PodMonitor', 'podMetricsEndpoints'],
    ['ServiceMonitor', 'endpoints'],
  ])('are found in all namespaces, with theirs in a label: %s', (kind, field) => {
    const { spec } = only(render(monitored(registries({ kind }))), kind);
    expect(spec).toMatchObject({
      selector: { matchLabels: { [labels.app]: appLabelValue, [labels.appManagedBy]: 'toolhive-registry-controller' } },
      namespaceSelector: { any: true },
      [field]: [{ port: 'internal', path: '/metrics', relabelings: [namespace] }],
    });
  });

  test('are found in the watched namespaces alone', () => {
    const values = monitored(registries(), {
      rbac: { scope: 'namespaces', watchNamespaces: ['b', 'a'] },
      registryDefaults: { networkPolicy: { enabled: false } },
    });
    expect(only(render(values), 'PodMonitor')['spec'].namespaceSelector).toEqual({ matchNames: ['a', 'b'] });
  });

  test('relabelings come behind ours', () => {
    const own = { targetLabel: 'cluster', replacement: 'one' };
    const [endpoint] = only(render(monitored(registries({ relabelings: [own], metricRelabelings: [own] }))), 'PodMonitor')['spec']
      .podMetricsEndpoints;
    expect(endpoint).toMatchObject({ relabelings: [namespace, own], metricRelabelings: [own] });
  });
});

describe('rules', () => {
  const shipped = alertRules(readFileSync(join(root, alertsFile), 'utf8'));
  const installed = (values: Values): AlertRule[] =>
    (only(render(values), 'PrometheusRule')['spec'].groups as { rules: AlertRule[] }[]).flatMap((group) => group.rules);
  const names = (values: Values): string[] => installed(values).map(({ alert }) => alert);

  test('are those that are documented, word for word', () => {
    expect(installed(monitored(rules()))).toEqual(shipped);
  });

  test('may be left out, one by one', () => {
    const disabled = ['MCPRegistryShrank', 'MCPRegistryControllerAbsent'];
    expect(names(monitored(rules({ disabled })))).toEqual(shipped.map(({ alert }) => alert).filter((alert) => !disabled.includes(alert)));
  });

  test('may all be left out, and their group with them', () => {
    const disabled = shipped.map(({ alert }) => alert).filter((alert) => alert.includes('Controller'));
    const { groups } = only(render(monitored(rules({ disabled }))), 'PrometheusRule')['spec'];
    expect(groups.map(({ name }: { name: string }) => name)).toEqual(['mcpregistry-registries']);
  });

  test('miss no leader where none is elected', () => {
    expect(names(monitored(rules(), { leaderElection: { enabled: false } }))).not.toContain('MCPRegistryControllerNoLeader');
  });

  test('lead to runbooks of your own', () => {
    const [first] = installed(monitored(rules({ runbookUrl: 'https://example.com/r/' })));
    expect(first?.annotations.runbook_url).toBe('https://example.com/r/mcpregistrynotready');
  });

  test('that does not exist cannot be left out', () => {
    expect(refusal(monitored(rules({ disabled: ['Misspelt'] })))).toContain('disabled');
    // The schema knows every one.
    const values = monitored(rules({ disabled: shipped.map(({ alert }) => alert) }));
    expect(only(render(values), 'PrometheusRule')['spec'].groups).toEqual([]);
  });
});

describe('the dashboard', () => {
  const configMap = (fields: Values = {}): Rendered =>
    only(render(monitored({ dashboard: { enabled: true, ...fields } })), 'ConfigMap', 'check-toolhive-registry-dashboard');

  test('is the one that is in the repository, as Grafana’s sidecar looks for it', () => {
    const { data, metadata } = configMap();
    expect(metadata.labels).toMatchObject({ grafana_dashboard: '1' });
    expect(JSON.parse(data['toolhive-registry.json'])).toEqual(grafanaDashboard());
  });

  test('can be what another sidecar looks for', () => {
    const { metadata } = configMap({ labels: { grafana_dashboard: null, dashboards: 'mcp' }, annotations: { grafana_folder: 'MCP' } });
    expect(metadata.labels).toMatchObject({ dashboards: 'mcp' });
    expect(metadata.labels).not.toHaveProperty('grafana_dashboard');
    expect(metadata.annotations).toEqual({ grafana_folder: 'MCP' });
  });

  test('fits in a ConfigMap, and in client-side apply', () => {
    expect(JSON.stringify(configMap()).length).toBeLessThan(200_000);
  });
});

describe('what could not work is refused', () => {
  test.each<[why: string, values: Values]>([
    ['needs metrics.service.enabled=true', monitored(controller(), { metrics: { service: { enabled: false } } })],
    ['in networkPolicy.scraperNamespaces', monitored(controller(), { networkPolicy: { enabled: true } })],
    ['in registryDefaults.networkPolicy.scraperNamespaces', monitored(registries(), { registryDefaults: {} })],
    ['interval', monitored(controller({ interval: 'often' }))],
    ['kind', monitored(controller({ kind: 'Probe' }))],
  ])('%s: %j', (why, values) => {
    expect(refusal(values)).toContain(why);
  });

  const live = ['v1/Pod'];
  const operator = [...live, ...KINDS.map((kind) => `monitoring.coreos.com/v1/${kind}`)];

  test.each<[name: string, kind: string, fields: Values]>([
    ['monitoring.controller.enabled', 'ServiceMonitor', controller()],
    ['monitoring.registries.enabled', 'PodMonitor', registries()],
    ['monitoring.rules.enabled', 'PrometheusRule', rules()],
  ])('%s in a cluster without %s', (name, kind, fields) => {
    const why = refusal(monitored(fields), { apiVersions: live });
    expect(why).toContain(`${name}=true needs the CRDs of Prometheus Operator, and this cluster has no ${kind}`);
    expect(only(render(monitored(fields), { apiVersions: operator }), kind).metadata.namespace).toBe('system');
  });

  test('but not where no cluster is known', () => {
    expect(ofKind(render(monitored(rules())), 'PrometheusRule')).toHaveLength(1);
  });
});
