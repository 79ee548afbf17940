import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from '@jest/globals';
import { crdName, customResourceDefinition, groups } from '@toolhive-registry/api';
import { waitFor } from '@toolhive-registry/testenv';
import { crdFile, runController, startCluster, type Cluster, type Obj, type Run } from '../testing.ts';

const [DEV, IO] = groups;
const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const APPLY = 'kubectl apply --server-side --force-conflicts -f crds';

let cluster: Cluster | undefined;
let run: Run | undefined;
let folder: string | undefined;

afterEach(async () => {
  run?.child.kill('SIGKILL');
  await run?.exit;
  await cluster?.api.stop();
  if (folder !== undefined) await rm(folder, { recursive: true });
  cluster = run = folder = undefined;
}, 60_000);

/** Starts the program with these CRDs. Returns how to ask for its readiness. */
async function start(...crds: string[]): Promise<{ of: Cluster; ready: () => Promise<{ status: number; text: string }> }> {
  const of = (cluster = await startCluster(crds));
  const started = (run = runController(
    ['--registry-server-image=x:1', '--health-address=127.0.0.1:0', '--metrics-address=127.0.0.1:0', '--no-leader-elect'],
    { KUBECONFIG: of.api.kubeconfigPath },
  ));
  const { health } = await started.logged('serving');
  const ready = async (): Promise<{ status: number; text: string }> => {
    const answer = await fetch(`http://${String(health)}/readyz`);
    return { status: answer.status, text: await answer.text() };
  };
  return { of, ready };
}

/** Waits for an Event with the reason, and returns all Events. */
async function eventsOnceThereIs(of: Cluster, reason: string): Promise<Obj[]> {
  const list = await of.until('events', 'default', '', ({ items }) => (items as Obj[]).some((event) => event['reason'] === reason));
  return list['items'] as Obj[];
}

async function olderCrd(): Promise<string> {
  folder = await mkdtemp(join(tmpdir(), 'older-crd-'));
  const crd = structuredClone(customResourceDefinition(DEV)) as unknown as Obj;
  delete crd['spec'].versions[0].schema.openAPIV3Schema.properties.spec.properties.displayName;
  const file = join(folder, 'crd.yaml');
  await writeFile(file, JSON.stringify(crd));
  return file;
}

test('an outdated CRD: the controller works, and reports it in readiness, log and one Event until it is upgraded', async () => {
  const { of, ready } = await start(await olderCrd());
  const note = `the CRD ${crdName(DEV)} is older than this controller: it lacks spec.displayName, which the API server drops from manifests; run helm upgrade with crds.upgrade, or ${APPLY}/${DEV}_mcpregistries.yaml`;
  await waitFor(async () => (await ready()).status === 200, { message: 'the controller to be ready', deadlineMs: 20_000 });
  expect((await ready()).text).toContain(`[+]crds ok: ${note}\n`);
  expect(await run?.logged(note)).toMatchObject({ level: 'warn' });
  const events = await eventsOnceThereIs(of, 'CRDOutdated');
  expect(events.map(({ type, reason, note: text, regarding }) => [type, reason, text, regarding.name])).toEqual([
    ['Warning', 'CRDOutdated', note, crdName(DEV)],
  ]);

  const upgrade = runController(['upgrade-crds'], { KUBECONFIG: of.api.kubeconfigPath });
  expect(await upgrade.exit).toBe(0);
  await waitFor(async () => (await ready()).text.includes('[+]crds ok\n'), {
    message: 'the CRD to be up to date',
    deadlineMs: 30_000,
  });
}, 120_000);

test('no CRD: the controller is not ready, and reports it in readiness, log and one Event until there is one', async () => {
  const { of, ready } = await start();
  const note = `none of the CRDs ${groups.map(crdName).join(' and ')} is this controller's; install one: ${APPLY}/${IO}_mcpregistries.yaml`;
  const events = await eventsOnceThereIs(of, 'CRDMissing');
  expect(events.map(({ type, note: text, regarding }) => [type, text, regarding.name])).toEqual([['Warning', note, crdName(IO)]]);
  expect(await run?.logged(note)).toMatchObject({ level: 'warn' });
  const { status, text } = await ready();
  expect(status).toBe(503);
  expect(text).toContain(`[-]crds failed: ${note}\n`);

  await of.api.request('POST', CRDS, readFileSync(crdFile(IO), 'utf8'), 'application/yaml');
  await waitFor(async () => (await ready()).status === 200, { message: 'the controller to be ready', deadlineMs: 40_000 });
}, 120_000);
