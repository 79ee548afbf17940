import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { posix } from 'node:path';
import { manifest, serverFor, temporaryFolder, type Folder } from '@toolhive-registry/registry-server/testing';
import { builtProgram, createHosts, type Program } from '../testing.ts';

const NAMES = ['../..', 'com.z/..', './a', 'com.z/fetch'];

let program: Program;
let folder: Folder;
let server: Awaited<ReturnType<typeof serverFor>>;
const hosts = createHosts();
/** A way to the registry that decodes paths and cleans them, as the API server's proxy does. */
let cleaning: string;

beforeAll(async () => {
  [program, folder] = await Promise.all([builtProgram(), temporaryFolder()]);
  const entries = NAMES.flatMap((name) => ['1.0.0', '2.0.0'].map((version) => ({ name, version, description: 'Does something' })));
  const remotes = [{ type: 'streamable-http', url: 'https://example.com/mcp' }];
  await folder.write('team.json', JSON.stringify(entries.map((entry) => ({ ...entry, remotes }))));
  const sources = [{ name: 'team', type: 'file', file: { path: 'team.json' } }];
  server = await serverFor(folder, await folder.write('registry.yaml', manifest({ sources })));
  await program.run(['sync', '--wait', '--url', server.url]);
  cleaning = await hosts.start((request, res) => {
    const { pathname, search } = new URL(request.url ?? '', server.url);
    void fetch(`${server.url}${posix.normalize(decodeURIComponent(pathname))}${search}`).then(async (answer) =>
      res.writeHead(answer.status).end(await answer.text()),
    );
  });
}, 60_000);
afterAll(async () => {
  await hosts[Symbol.asyncDispose]();
  await server?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
  await program?.[Symbol.asyncDispose]();
});

test.each(NAMES)('the server %s is opened, however the path is normalized', async (name) => {
  for (const url of [server.url, cleaning]) {
    const found = await program.run(['info', name, '--url', url, '-o', 'jsonpath={.server.name} {.server.version}']);
    expect(found).toEqual({ code: 0, stdout: `${name} 2.0.0`, stderr: '' });
    const versions = await program.run(['info', name, '--url', url, '--versions', '-o', 'jsonpath={.versions[*].version}']);
    expect(versions).toEqual({ code: 0, stdout: '2.0.0 1.0.0', stderr: '' });
  }
});
