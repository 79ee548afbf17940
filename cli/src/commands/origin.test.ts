import { execFileSync } from 'node:child_process';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually, manifest, serverFor, temporaryFolder, type Folder } from '@toolhive-registry/registry-server/testing';
import { builtProgram, type Program } from '../testing.ts';

const CATALOG = [
  { name: 'com.example/one', version: '1.0.0', description: 'One', repository: {} },
  { name: 'com.example/one', version: '0.9.0', description: 'One, older' },
  { name: 'com.example/other', version: '1.0.0', description: 'Other', repository: {} },
];

let program: Program;
let folder: Folder;
let server: Awaited<ReturnType<typeof serverFor>>;
let commit: string;

beforeAll(async () => {
  [program, folder] = await Promise.all([builtProgram(), temporaryFolder()]);
  await folder.write('repository/servers/a.json', JSON.stringify(CATALOG));
  const repository = join(folder.path, 'repository');
  const git = (...args: string[]): string => execFileSync('git', ['-C', repository, ...args], { encoding: 'utf8' }).trim();
  git('init', '--quiet');
  git('add', '.');
  git('-c', 'user.name=Test', '-c', 'user.email=test@example.com', 'commit', '--quiet', '--message', 'x');
  commit = git('rev-parse', 'HEAD');
  const sources = [
    { name: 'team', type: 'git', git: { repository: `file://${repository}`, path: 'servers' } },
    { name: 'list', configmap: { name: 'list' } },
  ];
  const data = {
    list: {
      'registry.json': [
        { ...CATALOG[0], version: '2.0.0' },
        { name: 'com.example/two', version: '1.0.0', description: 'Two' },
      ],
    },
  };
  server = await serverFor(folder, await folder.write('registry.yaml', manifest({ sources }, data)));
  await eventually(
    () => fetch(`${server.url}/readiness`),
    ({ status }) => status === 200,
  );
}, 60_000);
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
  await program?.[Symbol.asyncDispose]();
});

async function run(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await program.run(args);
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
}

test('status and info show the revision of each source that has one', async () => {
  for (const command of ['status', 'info']) {
    const lines = (await run(command, '--url', server.url)).split('\n').map((line) => line.split(/ {3,}/));
    const [titles = [], team = [], list = []] = lines.slice(lines.findIndex((line) => line[1] === 'TYPE'));
    const column = titles.indexOf('REVISION');
    expect([team[column], titles[column + 1]]).toEqual([commit.slice(0, 12), 'READ']);
    expect(list.join(' ')).not.toContain(commit.slice(0, 12));
  }
});

test.each([
  ['one', () => `team (git), file a.json, revision ${commit.slice(0, 12)}`],
  ['com.example/two', () => 'list (configmap)'],
])('info says where %s comes from', async (name, source) => {
  expect(await run('info', '--url', server.url, name)).toMatch(
    new RegExp(`^Source +${source().replaceAll(/[()]/g, String.raw`\$&`)}$`, 'm'),
  );
});

/** An earlier server: it has no origin, and reports on every entry. */
async function earlier(requests: URL[]): Promise<Server> {
  const forward = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '', server.url);
    requests.push(new URL(url));
    url.searchParams.delete('entry');
    if (url.pathname.endsWith('/origin')) {
      response.writeHead(404).end('{"error":"Endpoint not found"}');
      return;
    }
    const answer = await fetch(url);
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
  };
  const played = createServer((request, response) => void forward(request, response));
  await new Promise<void>((resolve) => played.listen(0, '127.0.0.1', resolve));
  return played;
}

test('info asks an earlier server by explain, and picks the findings of the entry itself', async () => {
  const requests: URL[] = [];
  const played = await earlier(requests);
  try {
    const url = `http://127.0.0.1:${(played.address() as AddressInfo).port}`;
    const now = await run('info', '--url', server.url, 'one');
    const text = await run('info', '--url', url, 'one');
    expect(text).toMatch(/^Source +team, file a\.json$/m);
    const findings = (shown: string): string => shown.slice(shown.indexOf('\nFindings\n'));
    expect(findings(text)).toContain('shadowed');
    expect(findings(text)).toBe(findings(now));
    const report = requests.find(({ pathname }) => pathname === '/registry/report');
    expect(report?.searchParams.get('entry')).toBe('com.example/one');
  } finally {
    played.close();
  }
});
