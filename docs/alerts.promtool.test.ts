import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { promtoolPath } from '@toolhive-registry/testenv';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The rules of operations.md, as a reader copies them. */
const rules = /^### Alerts$[\s\S]*?^```yaml\n([\s\S]*?)^```$/m.exec(
  readFileSync(resolve(import.meta.dirname, 'operations.md'), 'utf8'),
)?.[1];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'alerts-'));
  writeFileSync(join(folder, 'rules.yaml'), rules ?? '');
});
afterAll(() => rmSync(folder, { recursive: true }));

function promtool(...args: string[]): { readonly ok: boolean; readonly said: string } {
  const { status, stdout, stderr, error } = spawnSync(promtoolPath() ?? '', args, { cwd: folder, encoding: 'utf8' });
  if (error !== undefined) throw error;
  return { ok: status === 0, said: `${stdout}${stderr}` };
}

test('the rules are valid', () => {
  expect(promtool('check', 'rules', 'rules.yaml')).toMatchObject({ ok: true, said: expect.stringContaining('8 rules found') });
});

const FAILURES = 'mcpregistry_sync_total{registry="r",source="s",result="failure"}';
const SUCCESS = 'mcpregistry_source_last_success_timestamp_seconds{registry="r",source="s"}';
const SNAPSHOT = 'mcpregistry_snapshot_created_timestamp_seconds{registry="r"}';
const LEFT_OUT = 'mcpregistry_source_entries{registry="r",source="s",result="leftOut"}';
const SERVERS = 'mcpregistry_servers_total{registry="r"}';
const requests = (route: string, code: number): string =>
  `mcpregistry_http_requests_total{registry="r",route="${route}",method="GET",code="${code}"}`;
const enforced = (what: string): string => `mcpregistry_enforcement_${what}{registry_namespace="n",registry="r",mode="enforce"}`;
const DAYS_8 = 8 * 24 * 60;

/** A value a minute from 0 on, as promtool writes it: `a+bxn` is a, a+b, … */
type Series = Readonly<Record<string, string>>;

describe('after some minutes', () => {
  test.each<[alert: string, fires: boolean, when: string, minutes: number, series: Series]>([
    ['RegistrySourceFails', true, 'a source fails for hours', 180, { [SUCCESS]: '60x180', [FAILURES]: '0+1x180' }],
    ['RegistrySourceFails', true, 'a source has never answered', 180, { [SUCCESS]: '0x180', [FAILURES]: '0+1x180' }],
    ['RegistrySourceFails', true, 'a source is retried once an hour', 180, { [SUCCESS]: '60x180', [FAILURES]: '0x60 1x60 2x60' }],
    ['RegistrySourceFails', false, 'a source is asked when it changes only', 180, { [SUCCESS]: '60x180', [FAILURES]: '0x180' }],
    ['RegistrySourceFails', false, 'a source fails now and then', 180, { [SUCCESS]: '0+60x180', [FAILURES]: '0+1x180' }],
    ['RegistryServesNothing', true, 'nothing was read since the start', 10, { [SNAPSHOT]: '0x10' }],
    ['RegistryServesNothing', false, 'the first sync takes a moment', 10, { [SNAPSHOT]: '0 0 120x10' }],
    ['RegistrySnapshotIsOld', true, 'nothing has changed for long', DAYS_8, { [SNAPSHOT]: `60x${DAYS_8}` }],
    ['RegistrySnapshotIsOld', false, 'there is none', DAYS_8, { [SNAPSHOT]: `0x${DAYS_8}` }],
    ['RegistryEntriesLeftOut', true, 'an entry is broken', 20, { [LEFT_OUT]: '1x20' }],
    ['RegistryEntriesLeftOut', false, 'every entry is served', 20, { [LEFT_OUT]: '0x20' }],
    ['RegistryShrank', true, 'a third of the servers goes', 70, { [SERVERS]: '90x60 60x10' }],
    ['RegistryShrank', false, 'one of them goes', 70, { [SERVERS]: '90x60 89x10' }],
    [
      'RegistryAnswersWithErrors',
      true,
      'one answer in ten is a 500',
      20,
      { [requests('/a', 200)]: '0+9x20', [requests('/a', 500)]: '0+1x20' },
    ],
    ['RegistryAnswersWithErrors', true, 'all answers are 503', 20, { [requests('/a', 503)]: '0+1x20' }],
    ['RegistryIsNotEnforced', true, 'a policy is missing', 10, { [enforced('active')]: '1 0x10' }],
    ['RegistryIsNotEnforced', false, 'all is in force', 10, { [enforced('active')]: '1x10' }],
    ['RegistryServersOutsideCatalog', true, 'a server has been outside for long', 20, { [enforced('violations')]: '1x20' }],
    ['RegistryServersOutsideCatalog', false, 'it is gone again soon', 20, { [enforced('violations')]: '0 1 1 0x17' }],
    ['RegistryAnswersWithErrors', false, 'clients are wrong', 20, { [requests('/a', 200)]: '0+9x20', [requests('/a', 404)]: '0+9x20' }],
    ['RegistryAnswersWithErrors', false, 'probes wait', 20, { [requests('/a', 200)]: '0+1x20', [requests('/readiness', 503)]: '0+9x20' }],
  ])('%s: %s when %s', (alert, fires, _, minutes, series) => {
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
              exp_samples: [{ labels: '{}', value: fires ? 1 : 0 }],
            },
          ],
        },
      ],
    };
    // JSON is YAML.
    writeFileSync(join(folder, 'test.yaml'), JSON.stringify(asked));
    expect(promtool('test', 'rules', 'test.yaml')).toMatchObject({ ok: true });
  });
});
