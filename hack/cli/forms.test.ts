import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { catalog, eventually, manifest } from '@toolhive-registry/registry-server/testing';
import { buildForms, ended, FORM_NAMES, loadedBy, type Forms } from './testing.ts';

let forms: Forms;
beforeAll(async () => {
  forms = await buildForms();
}, 60_000);
afterAll(async () => {
  await forms[Symbol.asyncDispose]();
});

/** Milliseconds for a server to start, on a machine that has much else to do. */
const PATIENCE_MS = 30_000;
/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:1';

const EXPRESS = 'node_modules/express/';
const PINO = 'node_modules/pino/';
const KUBERNETES = 'node_modules/@kubernetes/client-node/';
const CLUSTER = 'reconciler/src/client/';
const UNDICI = 'node_modules/undici/';
const ZOD = 'node_modules/zod/';
const YAML = 'node_modules/js-yaml/';
const ESBUILD = 'node_modules/esbuild/';

describe.each(FORM_NAMES)('from the %s', (form) => {
  test.each<[args: string[], code: number, loads: string[], not: string[]]>([
    [['--help'], 0, ['node_modules/commander/'], [EXPRESS, PINO, KUBERNETES, CLUSTER, UNDICI, ZOD, YAML]],
    [['list', '--help'], 0, ['node_modules/commander/'], [EXPRESS, PINO, KUBERNETES, CLUSTER, UNDICI, ZOD, YAML]],
    [['list', '--url', NOWHERE], 1, [YAML], [EXPRESS, PINO, KUBERNETES, CLUSTER, UNDICI, ZOD]],
    [['status', '--url', NOWHERE], 1, [YAML], [EXPRESS, PINO, KUBERNETES, CLUSTER, UNDICI, ZOD]],
    [['list'], 2, [CLUSTER, UNDICI], [EXPRESS, PINO, ZOD]],
    [['serve'], 2, [EXPRESS, PINO, ZOD], [KUBERNETES, CLUSTER, ESBUILD]],
  ])('%j loads what it needs, and no more', async (args, code, loads, not) => {
    const loaded = await loadedBy(forms, form, args);
    const has = (folder: string): boolean => loaded.files.some((file) => file.includes(folder));
    expect({ code: loaded.code, loads: loads.filter(has), not: not.filter(has), output: loaded.output }).toEqual({
      code,
      loads,
      not: [],
      output: expect.any(String),
    });
  });

  test('serves a catalog that needs the worker thread, one of another host, and the page, until SIGTERM', async () => {
    await using host = createServer((_, response) => response.end(JSON.stringify(catalog('elsewhere')))).listen(0, '127.0.0.1');
    await once(host, 'listening');
    const { port } = host.address() as AddressInfo;
    const folder = join(forms.folder, `serve-${form}`);
    const config = `${folder}.yaml`;
    const keys = Array.from({ length: 10_000 }, (_, index) => `server-${index}`);
    const sources = [
      { name: 'here', type: 'configmap', configmap: { name: 'data' } },
      { name: 'there', type: 'url', url: `http://127.0.0.1:${port}/` },
    ];
    await writeFile(config, manifest({ sources }, { data: { 'registry.json': catalog(...keys) } }));
    const flags = ['--config', config, '--address', '127.0.0.1:0', '--storage-path', folder];
    const child = spawn(process.execPath, [forms.files[form], 'serve', ...flags]);
    const end = ended(child);
    try {
      let log = '';
      child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
      const url = await eventually(
        () => /"url":"([^"]+)"/.exec(log)?.[1] ?? '',
        (found) => found !== '',
        PATIENCE_MS,
      );
      await eventually(
        () => statusOf(`${url}/readiness`),
        (status) => status === 200,
        PATIENCE_MS,
      );
      await eventually(
        () => serverCount(url),
        (count) => count === keys.length + 1,
        PATIENCE_MS,
      );
      const page = await fetch(`${url}/`, { headers: { Accept: 'text/html' } });
      const [, script = ''] = /<script type="module" src="(ui\/[^"]+)"/.exec(await page.text()) ?? [];
      expect(await statusOf(`${url}/${script}`)).toBe(200);
      child.kill('SIGTERM');
      expect((await end).code).toBe(0);
    } finally {
      child.kill('SIGKILL');
      await end;
    }
  }, 60_000);
});

async function serverCount(url: string): Promise<number> {
  const response = await fetch(`${url}/registry/status`);
  return ((await response.json()) as { readonly serverCount: number }).serverCount;
}

async function statusOf(url: string): Promise<number> {
  const response = await fetch(url);
  await response.arrayBuffer();
  return response.status;
}

test('the licenses of what the page contains are among those of the package', async () => {
  const licenses = await readFile(join(forms.folder, 'package/THIRD-PARTY-LICENSES'), 'utf8');
  expect(licenses).toMatch(/^preact \d/m);
  // What builds it is in no file.
  expect(licenses).not.toMatch(/^esbuild \d/m);
});

test('no part has what builds the page', () => {
  expect(forms.parts.filter(({ text }) => text.includes('ESBUILD_BINARY_PATH')).map(({ name }) => name)).toEqual([]);
});

test('no part waits for a module that is nowhere, or loads another file', () => {
  const names = new Set(forms.parts.map(({ name }) => name));
  const required = forms.parts.flatMap(({ text }) => [...text.matchAll(/\brequire\("(\.[^"]+)"\)/g)].map(([, id = '']) => id.slice(2)));
  expect(required.length).toBeGreaterThan(0);
  expect(required.filter((name) => !names.has(name))).toEqual([]);
  expect(forms.parts.filter(({ text }) => /\bimport\(/.test(text)).map(({ name }) => name)).toEqual([]);
});

test.each<[file: string, args: string[], code: number, text: string]>([
  ['toolhive-registry', ['--help'], 0, 'Usage: toolhive-registry COMMAND'],
  ['toolhive-registry', ['version', '--client'], 0, 'Client: 0.'],
  ['toolhive-registry', ['sing'], 2, 'unknown command "sing"; did you mean sync?'],
  ['kubectl-mcpregistry', ['--help'], 0, 'Usage: kubectl mcpregistry COMMAND'],
  ['kubectl-mcpregistry', ['list', '--limit', 'x'], 2, '--limit is "x"'],
])('the package has %s: %j exits with %i', async (file, args, code, text) => {
  const child = spawn(join(forms.folder, 'package/bin', `${file}.cjs`), args, { env: { PATH: join(process.execPath, '..') } });
  const end = await ended(child);
  expect(end.output).toContain(text);
  expect(end.code).toBe(code);
});

test("kubectl's completion gets the words as they are typed", async () => {
  const bin = join(forms.folder, 'package/bin');
  const call = (file: string, ...args: string[]): Promise<unknown> =>
    ended(spawn(process.execPath, [join(bin, file), ...args], { env: { PATH: process.env['PATH'] } }));
  const words = ['list', '--so', ''];
  const wanted = await call('toolhive-registry.cjs', '__complete', ...words);
  expect(await call('kubectl_complete-mcpregistry.cjs', ...words)).toEqual(wanted);
  expect(await call('toolhive-registry.cjs', ...words)).not.toEqual(wanted);
});

test('a Node.js that is too old says so', async () => {
  const old = join(forms.folder, 'old.cjs');
  await writeFile(old, "Object.defineProperty(process.versions, 'node', { value: '22.21.0' });");
  const child = spawn(process.execPath, ['--require', old, forms.files.package, '--help']);
  expect(await ended(child)).toEqual({ code: 1, output: expect.stringMatching(/^toolhive-registry needs Node.js 24 or newer, [^\n]+\n$/) });
});

test('nothing is written where the program is, or at home', async () => {
  const before = await readdir(forms.folder, { recursive: true });
  const env = { PATH: process.env['PATH'], HOME: forms.folder, TMPDIR: forms.folder, XDG_CACHE_HOME: forms.folder };
  const call = (file: string): Promise<unknown> => ended(spawn(process.execPath, [file, 'list', '--url', NOWHERE], { env }));
  await Promise.all([call(forms.files.package), call(forms.files['single file'])]);
  expect(await readdir(forms.folder, { recursive: true })).toEqual(before);
});
