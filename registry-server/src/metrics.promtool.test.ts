import { expect, test } from '@jest/globals';
import { promtoolPath } from '@toolhive-registry/testenv';
import { spawnSync } from 'node:child_process';
import { catalog, eventually, manifest, serverFor, statusOf, temporaryFolder } from './testing.ts';

/** What promtool says of an exposition, one complaint a line. */
function complaints(text: string): string[] {
  const { status, stdout, stderr, error } = spawnSync(promtoolPath() ?? '', ['check', 'metrics'], { input: text, encoding: 'utf8' });
  if (error !== undefined) throw error;
  const lines = `${stdout}${stderr}`.split('\n').filter((line) => line !== '');
  if ((status === 0) !== (lines.length === 0)) throw new Error(`promtool ended with ${status} and said: ${lines.join('; ')}`);
  return lines.toSorted();
}

/** Gauges with the name of counters: both names were promised to users before there was a server. No other exception is made. */
const PROMISED = ['mcpregistry_deployed_servers_total', 'mcpregistry_servers_total'].map(
  (name) => `${name} non-counter metrics should not have "_total" suffix`,
);

test('promtool has nothing against the metrics, but for two names that were promised', async () => {
  await using folder = await temporaryFolder();
  const sources = [
    { name: 'good', type: 'configmap', configmap: { name: 'data' } },
    { name: 'away', type: 'file', file: { path: 'away.json' } },
  ];
  const config = await folder.write('registry.yaml', manifest({ sources }, { data: { 'registry.json': catalog('a') } }));
  await using server = await serverFor(folder, config);
  await eventually(
    () => statusOf(server.url),
    ({ ready, syncing }) => ready && !syncing,
  );
  for (const path of ['/v0.1/servers', '/v0.1/servers?limit=0', '/nowhere', '/registry/snapshot', '/metrics']) {
    await (await fetch(`${server.url}${path}`)).arrayBuffer();
  }
  const text = await (await fetch(`${server.url}/metrics`)).text();
  expect(complaints(text)).toEqual(PROMISED);
  // It is the real output that was judged, and by one who would have complained.
  expect(text).toContain('mcpregistry_http_requests_total{route="unmatched"');
  expect(complaints(text.replaceAll('mcpregistry_snapshot_bytes', 'mcpregistry_snapshot_kilobytes'))).toHaveLength(PROMISED.length + 1);
});
