import { expect, test } from '@jest/globals';
import { Registry } from 'prom-client';
import { addRegistryMetrics, type ReportedRegistry } from './metrics.ts';
import { factsOf, statusDocument } from './pods/testing.ts';

const counted = statusDocument({
  sources: [
    { name: 'team', type: 'git', state: 'ok', serverCount: 3, lastSuccessTime: '2026-01-01T00:00:00.500Z' },
    { name: 'away', type: 'url', state: 'failed', serverCount: 0 },
  ] as never,
  serverCount: 3,
  deployedServerCount: 1,
  counters: {
    startTime: '2026-01-01T00:00:00Z',
    sources: [{ name: 'team', success: 4, failure: 2, errors: { Timeout: 2 } }],
    syncDurationSeconds: { count: 6, sum: 1.5 },
  },
});

async function samples(reported: () => ReportedRegistry[]): Promise<{ all: string[]; again: string[] }> {
  const register = new Registry();
  addRegistryMetrics(register, reported);
  const read = async (): Promise<string[]> => (await register.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return { all: await read(), again: await read() };
}

const registry = { namespace: 'team', name: 'a' };
const of = 'registry_namespace="team",registry="a"';

test('counters come from each pod, gauges from a pod that serves', async () => {
  const { all, again } = await samples(() => [{ registry, facts: factsOf(counted, counted) }]);
  expect(all).toEqual([
    ...['one', 'two'].flatMap((pod) => [
      `mcpregistry_sync_total{${of},registry_pod="${pod}",source="team",result="success"} 4`,
      `mcpregistry_sync_total{${of},registry_pod="${pod}",source="team",result="failure"} 2`,
    ]),
    ...['one', 'two'].map((pod) => `mcpregistry_sync_errors_total{${of},registry_pod="${pod}",source="team",reason="Timeout"} 2`),
    ...['one', 'two'].flatMap((pod) => [
      `mcpregistry_sync_duration_seconds_sum{${of},registry_pod="${pod}"} 1.5`,
      `mcpregistry_sync_duration_seconds_count{${of},registry_pod="${pod}"} 6`,
    ]),
    ...['one', 'two'].flatMap((pod) => [
      `mcpregistry_source_last_success_timestamp_seconds{${of},registry_pod="${pod}",source="team"} 1767225600.5`,
      `mcpregistry_source_last_success_timestamp_seconds{${of},registry_pod="${pod}",source="away"} 0`,
    ]),
    `mcpregistry_servers_total{${of}} 3`,
    `mcpregistry_deployed_servers_total{${of}} 1`,
  ]);
  expect(again).toEqual(all);
});

test('a registry without pod reports, or with incomplete ones, lacks the missing series', async () => {
  expect((await samples(() => [{ registry, facts: [] }])).all).toEqual([]);
  expect((await samples(() => [{ registry, facts: factsOf(statusDocument()) }])).all).toEqual([
    `mcpregistry_servers_total{${of}} 3`,
    `mcpregistry_deployed_servers_total{${of}} 0`,
  ]);
  expect((await samples(() => [{ registry, facts: factsOf(statusDocument({ ready: false })) }])).all).toEqual([]);
});
