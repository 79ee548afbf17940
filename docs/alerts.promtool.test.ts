import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { promtoolPath } from '@toolhive-registry/testenv';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { alertRules, alertsFile } from '../hack/generate/alerts.ts';
import { exposedSeries } from './testing.ts';

/** The rules as they ship. */
const text = readFileSync(resolve(import.meta.dirname, '..', alertsFile), 'utf8');
const rules = alertRules(text);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'alerts-'));
  writeFileSync(join(folder, 'rules.yaml'), text);
});
afterAll(() => rmSync(folder, { recursive: true }));

function promtool(...args: string[]): { readonly ok: boolean; readonly said: string } {
  const { status, stdout, stderr, error } = spawnSync(promtoolPath() ?? '', args, { cwd: folder, encoding: 'utf8' });
  if (error !== undefined) throw error;
  return { ok: status === 0, said: `${stdout}${stderr}` };
}

test('the rules are valid', () => {
  expect(promtool('check', 'rules', '--lint-fatal', 'rules.yaml')).toMatchObject({
    ok: true,
    said: expect.stringContaining(`${rules.length} rules found`),
  });
});

describe('each alert', () => {
  test.each(rules.map((rule) => [rule.alert, rule] as const))('%s says how bad it is, what it is, and what to do', (alert, rule) => {
    expect(['critical', 'warning', 'info']).toContain(rule.labels.severity);
    expect(rule.annotations).toEqual({
      summary: expect.stringMatching(/^.{20,160}$/s),
      description: expect.stringMatching(/\.$/),
      runbook_url: `https://github.com/toolhive-registry/toolhive-registry/blob/main/docs/runbooks.md#${alert.toLowerCase()}`,
    });
  });

  test('has a runbook, and each runbook an alert', () => {
    const runbooks = readFileSync(resolve(import.meta.dirname, 'runbooks.md'), 'utf8');
    const sections = runbooks.split(/^## /m).slice(1);
    expect(sections.map((section) => section.split('\n', 1)[0])).toEqual(rules.map(({ alert }) => alert));
    for (const section of sections) expect(section).toMatch(/\*\*Meaning\.\*\*[^]*\*\*Look at\*\*[^]*\*\*Do\*\*/);
  });
});

describe('each metric of an alert is exposed by a real program', () => {
  /** The labels of the metrics that programs expose, by name. */
  const exposed = new Map<string, Set<string>>();
  beforeAll(async () => {
    for (const { series } of await exposedSeries(1)) {
      const [name = '', labels = ''] = series.split('{', 2);
      const known = exposed.get(name) ?? new Set();
      exposed.set(name, known.union(labelsOf(labels)));
    }
  }, 30_000);

  test.each(rules.map(({ alert, expr }) => [alert, expr] as const))('with the labels that it goes by: %s', (_, expr) => {
    const by = [...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, names = '']) => names.split(', '));
    const selectors = [...expr.matchAll(/\b([a-z]+(?:_[a-z]+)+)(?:\{([^}]*)\}|(?=[)[ ]))/g)];
    expect(selectors).not.toHaveLength(0);
    for (const [, name = '', matchers = ''] of selectors) {
      const needed = [...labelsOf(matchers), ...by];
      expect({ name, missing: needed.filter((label) => exposed.get(name)?.has(label) !== true) }).toEqual({ name, missing: [] });
    }
  });
});

/** Names of labels in front of their values. */
function labelsOf(text: string): Set<string> {
  return new Set([...text.matchAll(/(\w+)(?:=|!=|=~|!~)"/g)].map(([, label = '']) => label));
}

const OF = 'registry_namespace="n",registry="r"';
/** As a pod tells it, and as the controller tells it of a pod. */
const FAILURES = `mcpregistry_sync_total{${OF},job="server",pod="r-1",source="s",result="failure"}`;
const FAILURES_TOLD = `mcpregistry_sync_total{${OF},job="controller",registry_pod="r-1",source="s",result="failure"}`;
const SUCCESS = `mcpregistry_source_last_success_timestamp_seconds{${OF},job="server",pod="r-1",source="s"}`;
const SUCCESS_TOLD = `mcpregistry_source_last_success_timestamp_seconds{${OF},job="controller",registry_pod="r-1",source="s"}`;
const snapshot = (pod: string): string => `mcpregistry_snapshot_created_timestamp_seconds{${OF},pod="${pod}"}`;
const leftOut = (pod: string): string => `mcpregistry_source_entries{${OF},pod="${pod}",source="s",result="leftOut"}`;
const servers = (job: string): string => `mcpregistry_servers_total{${OF},job="${job}"}`;
const requests = (route: string, code: number): string =>
  `mcpregistry_http_requests_total{${OF},route="${route}",method="GET",code="${code}"}`;
const enforced = (what: string): string => `mcpregistry_enforcement_${what}{${OF},mode="enforce"}`;
const status = (condition: string): string => `mcpregistry_status_condition{${OF},condition="${condition}"}`;
const leader = (pod: string, name = 'kube-system/toolhive-registry-controller'): string =>
  `leader_election_master_status{pod="${pod}",name="${name}"}`;
const depth = (name: string, pod = 'c-1'): string => `workqueue_depth{pod="${pod}",name="${name}"}`;
const workers = (controller: string): string => `controller_runtime_max_concurrent_reconciles{controller="${controller}"}`;
const errors = (controller: string): string => `controller_runtime_reconcile_errors_total{controller="${controller}"}`;

/** A value a minute from 0 on, as promtool writes it: `a+bxn` is a, a+b, … and `_` none. */
type Series = Readonly<Record<string, string>>;
type Case = readonly [alert: string, times: number, when: string, minutes: number, series: Series];

const REGISTRIES: readonly Case[] = [
  ['MCPRegistryNotReady', 1, 'it has not been for a while', 15, { [status('Ready')]: '1 0x15' }],
  ['MCPRegistryNotReady', 0, 'it is', 15, { [status('Ready')]: '1x15' }],
  ['MCPRegistryNotReady', 0, 'it takes a moment to start', 15, { [status('Ready')]: '0 0 0 0 0 1x10' }],
  ['MCPRegistryNotReady', 0, 'it is scaled to zero', 15, { [status('Stalled')]: '0x15' }],
  ['MCPRegistryStalled', 1, 'a change was refused', 20, { [status('Stalled')]: '0 1x19' }],
  ['MCPRegistryStalled', 0, 'it was corrected', 20, { [status('Stalled')]: '0 1x10 0x8' }],
  ['MCPRegistryServesNothing', 1, 'nothing was read since the start', 10, { [snapshot('r-1')]: '0x10' }],
  ['MCPRegistryServesNothing', 1, 'one of two replicas has read nothing', 10, { [snapshot('r-1')]: '0x10', [snapshot('r-2')]: '60x10' }],
  ['MCPRegistryServesNothing', 0, 'the first sync takes a moment', 10, { [snapshot('r-1')]: '0 0 120x10' }],
  ['MCPRegistrySyncFailing', 1, 'a source fails for hours', 180, { [SUCCESS]: '60x180', [FAILURES]: '0+1x180' }],
  ['MCPRegistrySyncFailing', 1, 'the controller tells it', 180, { [SUCCESS_TOLD]: '60x180', [FAILURES_TOLD]: '0+1x180' }],
  [
    'MCPRegistrySyncFailing',
    1,
    'controller and pod tell it',
    180,
    { [SUCCESS]: '60x180', [FAILURES]: '0+1x180', [SUCCESS_TOLD]: '60x180', [FAILURES_TOLD]: '0+1x180' },
  ],
  ['MCPRegistrySyncFailing', 1, 'a source has never answered', 180, { [SUCCESS]: '0x180', [FAILURES]: '0+1x180' }],
  ['MCPRegistrySyncFailing', 1, 'a source is retried once an hour', 180, { [SUCCESS]: '60x180', [FAILURES]: '0x60 1x60 2x60' }],
  ['MCPRegistrySyncFailing', 0, 'a source is asked when it changes only', 180, { [SUCCESS]: '60x180', [FAILURES]: '0x180' }],
  ['MCPRegistrySyncFailing', 0, 'a source fails now and then', 180, { [SUCCESS]: '0+60x180', [FAILURES]: '0+1x180' }],
  ['MCPRegistryDataStale', 1, 'a source fails for more than a day', 1_500, { [SUCCESS]: '60x1500', [FAILURES]: '0+1x1500' }],
  ['MCPRegistryDataStale', 0, 'a source fails for hours', 600, { [SUCCESS]: '60x600', [FAILURES]: '0+1x600' }],
  ['MCPRegistryDataStale', 0, 'nobody asks the source', 1_500, { [SUCCESS]: '60x1500', [FAILURES]: '0x1500' }],
  ['MCPRegistryEntriesLeftOut', 1, 'an entry is broken', 20, { [leftOut('r-1')]: '1x20', [leftOut('r-2')]: '1x20' }],
  ['MCPRegistryEntriesLeftOut', 0, 'every entry is served', 20, { [leftOut('r-1')]: '0x20' }],
  [
    'MCPRegistryShrank',
    1,
    'a third of the servers goes',
    70,
    { [servers('server')]: '90x60 60x10', [servers('controller')]: '90x60 60x10' },
  ],
  ['MCPRegistryShrank', 0, 'one of them goes', 70, { [servers('server')]: '90x60 89x10' }],
  ['MCPRegistryShrank', 0, 'the registry is new', 70, { [servers('server')]: '_x60 9x10' }],
  [
    'MCPRegistryAnswersWithErrors',
    1,
    'one answer in ten is a 500',
    20,
    { [requests('/a', 200)]: '0+9x20', [requests('/a', 500)]: '0+1x20' },
  ],
  ['MCPRegistryAnswersWithErrors', 1, 'all answers are 503', 20, { [requests('/a', 503)]: '0+1x20' }],
  ['MCPRegistryAnswersWithErrors', 0, 'clients are wrong', 20, { [requests('/a', 200)]: '0+9x20', [requests('/a', 404)]: '0+9x20' }],
  ['MCPRegistryAnswersWithErrors', 0, 'probes wait', 20, { [requests('/a', 200)]: '0+1x20', [requests('/readiness', 503)]: '0+9x20' }],
  ['MCPRegistryNotEnforced', 1, 'a policy is missing', 10, { [enforced('active')]: '1 0x10' }],
  ['MCPRegistryNotEnforced', 0, 'all is in force', 10, { [enforced('active')]: '1x10' }],
  ['MCPRegistryServersOutsideCatalog', 1, 'a server has been outside for long', 20, { [enforced('violations')]: '1x20' }],
  ['MCPRegistryServersOutsideCatalog', 0, 'it is gone again soon', 20, { [enforced('violations')]: '0 1 1 0x17' }],
];

const CONTROLLER: readonly Case[] = [
  ['MCPRegistryControllerAbsent', 1, 'there has never been one', 15, { [workers('certificate')]: '8x15' }],
  ['MCPRegistryControllerAbsent', 1, 'it went', 20, { [workers('mcpregistry')]: '8 8 _x18' }],
  ['MCPRegistryControllerAbsent', 0, 'it is there', 15, { [workers('mcpregistry')]: '8x15' }],
  ['MCPRegistryControllerAbsent', 0, 'it is replaced', 20, { [workers('mcpregistry')]: '8x5 _x4 8x11' }],
  ['MCPRegistryControllerNoLeader', 1, 'none holds the Lease', 10, { [leader('c-1')]: '1 0x9', [leader('c-2')]: '0x10' }],
  [
    'MCPRegistryControllerNoLeader',
    1,
    'none holds that of a namespace',
    10,
    { [leader('c-1', 'a/toolhive-registry-controller-namespace')]: '0x10' },
  ],
  ['MCPRegistryControllerNoLeader', 0, 'another one takes over', 10, { [leader('c-1')]: '1 0x9', [leader('c-2')]: '0 0 1x8' }],
  ['MCPRegistryControllerNoLeader', 0, "it is somebody else's Lease", 10, { [leader('x', 'cert-manager')]: '0x10' }],
  [
    'MCPRegistryControllerQueueGrowing',
    1,
    'more comes than is done',
    30,
    { [depth('mcpregistry')]: '0+5x30', [depth('mcpregistry', 'c-2')]: '0x30' },
  ],
  ['MCPRegistryControllerQueueGrowing', 1, 'so it is with the other group', 30, { [depth('mcpregistry-io')]: '50x30' }],
  ['MCPRegistryControllerQueueGrowing', 0, 'there is a burst', 30, { [depth('mcpregistry')]: '0 500 300 100 0x26' }],
  ['MCPRegistryControllerQueueGrowing', 0, "it is somebody else's queue", 30, { [depth('certificates')]: '0+5x30' }],
  ['MCPRegistryControllerFailing', 1, 'passes fail for long', 40, { [errors('mcpregistry')]: '0+2x40' }],
  ['MCPRegistryControllerFailing', 0, 'a few failed', 40, { [errors('mcpregistry')]: '0 3 5x38' }],
];

const cases = [...REGISTRIES, ...CONTROLLER];

test.each(rules.map(({ alert }) => alert))('%s is tried both ways', (alert) => {
  expect(new Set(cases.filter(([name]) => name === alert).map(([, times]) => times))).toEqual(new Set([0, 1]));
});

test.each(cases)('%s fires %i times when %s', (alert, times, _, minutes, series) => {
  const asked = {
    rule_files: ['rules.yaml'],
    evaluation_interval: '1m',
    tests: [
      {
        interval: '1m',
        input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
        promql_expr_test: [
          {
            expr: `count(ALERTS{alertname="${alert}",alertstate="firing"}) or vector(0)`,
            eval_time: `${minutes}m`,
            exp_samples: [{ labels: '{}', value: times }],
          },
        ],
      },
    ],
  };
  // JSON is YAML.
  writeFileSync(join(folder, 'test.yaml'), JSON.stringify(asked));
  expect(promtool('test', 'rules', 'test.yaml')).toMatchObject({ ok: true });
});
