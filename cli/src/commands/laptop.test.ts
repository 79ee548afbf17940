import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { manifest, serverFor, temporaryFolder, type Folder } from '@toolhive-registry/registry-server/testing';
import { builtProgram, expectFile, watched, type Ended, type Program } from '../testing.ts';

/** A server with all that an entry can have. */
const FULL = {
  name: 'com.example/full',
  title: 'Full',
  description: 'Has everything that an entry can have',
  version: '2.0.0',
  websiteUrl: 'https://example.com/full',
  repository: { url: 'https://github.com/example/full', source: 'github' },
  packages: [
    {
      registryType: 'npm',
      identifier: '@example/full',
      version: '2.0.0',
      runtimeHint: 'npx',
      transport: { type: 'stdio' },
      environmentVariables: [
        { name: 'API_KEY', description: 'Key of the API', isRequired: true, isSecret: true },
        { name: 'REGION', default: 'eu', choices: ['eu', 'us'] },
      ],
      packageArguments: [{ type: 'named', name: '--verbose', description: 'Says more' }],
    },
  ],
  remotes: [
    {
      type: 'streamable-http',
      url: 'https://full.example.com/mcp',
      headers: [{ name: 'Authorization', isRequired: true, isSecret: true }],
    },
  ],
  _meta: {
    'io.modelcontextprotocol.registry/publisher-provided': {
      'io.github.stacklok': {
        'https://full.example.com/mcp': {
          status: 'Active',
          tier: 'Official',
          tags: ['one', 'two'],
          tools: ['do_it', 'undo_it'],
          tool_definitions: [{ name: 'do_it', description: 'Does it\nat once' }],
          metadata: { stars: 7 },
          permissions: { network: { outbound: { allow_host: ['.example.com'], allow_port: [443] } } },
          provenance: { repository_uri: 'https://github.com/example/full' },
        },
      },
    },
  },
};
const CATALOG = [FULL, { ...FULL, version: '1.9.0' }, { name: 'com.example/bad', version: '1.0.0' }];

let program: Program;
let folder: Folder;
let server: Awaited<ReturnType<typeof serverFor>>;

beforeAll(async () => {
  [program, folder] = await Promise.all([builtProgram(), temporaryFolder()]);
  await folder.write('team.json', JSON.stringify(CATALOG));
  const sources = [{ name: 'team', type: 'file', file: { path: 'team.json' } }];
  server = await serverFor(folder, await folder.write('registry.yaml', manifest({ displayName: 'Example', sources })));
  await run('sync', '--wait');
}, 60_000);
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
  await program?.[Symbol.asyncDispose]();
});

function run(command: string, ...args: string[]): Promise<Ended> {
  return program.run([...command.split(' '), '--url', server.url, ...args]);
}

/** What differs from run to run. */
const CHANGING: readonly (readonly [RegExp, string])[] = [
  [/http:\/\/127\.0\.0\.1:\d+/, 'http://REGISTRY'],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z/, 'TIME'],
  [/\b[0-9a-f]{64}\b/, 'HASH'],
  [/\b[0-9a-f]{12}\b/, 'HASH'],
  [/\b\d+s\b/, 'Ns'],
];

test.each<[file: string, command: string, args: string[], code: number]>([
  ['info-server.txt', 'info', ['full'], 0],
  ['info-version.txt', 'info', ['com.example/full', '--version', '1.9.0', '-o', 'jsonpath={.server.version}'], 0],
  ['status.txt', 'status', [], 0],
  ['report.txt', 'report', ['-o', 'wide'], 0],
  ['history.txt', 'history', ['--limit', '1'], 0],
  ['explain-listed.txt', 'explain', ['https://full.example.com/mcp'], 0],
  ['explain-package.txt', 'explain', ['npm:@example/ful'], 1],
  ['explain-short.txt', 'explain', ['full'], 0],
  ['explain-short.txt', 'explain', ['full', '--as', 'server'], 0],
  ['explain-left-out.txt', 'explain', ['com.example/bad', '--as', 'server'], 1],
])('%s', async (file, command, args, code) => {
  const found = await run(command, ...args);
  expect([found.code, found.stderr]).toEqual([code, '']);
  expectFile(file, found.stdout, CHANGING);
});

test('a sync reports its changes, and its exit code whether it succeeded', async () => {
  await folder.write('team.json', JSON.stringify([...CATALOG, { ...FULL, name: 'com.example/more' }]));
  const more = await run('sync', '--wait', '-o', 'json');
  expect(more.code).toBe(0);
  expect(JSON.parse(more.stdout)).toMatchObject({ result: 'completed', servers: 2, sources: [{ name: 'team', state: 'ok' }] });
  await folder.write('team.json', '{');
  const broken = await run('sync', '--wait', '--source', 'team');
  expect([broken.code, broken.stdout]).toEqual([1, '']);
  expect(broken.stderr).toMatch(
    /^error: the sync of http:\S+ failed; what was served before still is: 2 servers\nerror: source team: .*\n$/,
  );
  const structured = await run('sync', '--wait', '-o', 'json');
  expect(JSON.parse(structured.stdout)).toMatchObject({ result: 'failed', sources: [{ name: 'team', state: 'failed' }] });
  expect((await run('status')).code).toBe(1);
  await folder.write('team.json', JSON.stringify(CATALOG));
  expect((await run('sync', '--wait')).code).toBe(0);
  expect((await run('status')).code).toBe(0);
});

test('an earlier catalog can be served, and the rollback ended', async () => {
  const { snapshots } = JSON.parse((await run('history', '-o', 'json')).stdout) as { snapshots: { hash: string; serverCount: number }[] };
  const two = snapshots.find(({ serverCount }) => serverCount === 2)?.hash ?? '';
  const rolled = await run('rollback', '--to', two.slice(0, 8), '--wait');
  expect([rolled.code, rolled.stdout]).toEqual([0, '']);
  expect(rolled.stderr).toContain(`serves snapshot ${two}`);
  expect((await run('status')).stdout).toContain(`Rolled back   to ${two.slice(0, 12)}`);
  expect((await run('rollback', '--end', '--wait', '--quiet')).stderr).toBe('');
  expect((await run('status')).stdout).not.toContain('Rolled back');
});

test('a watch shows what there is and then each change, until it is interrupted', async () => {
  const seen = watched(['status', '--url', server.url, '--watch'], program);
  await seen.until('Servers   ');
  await folder.write('team.json', JSON.stringify([...CATALOG, { ...FULL, name: 'com.example/watched' }]));
  await run('sync');
  await seen.until('2 servers, 1 added, 0 changed, 0 removed; team ok');
  await folder.write('team.json', JSON.stringify(CATALOG));
  await run('sync', '--wait');
  await seen.until('1 server, 0 added, 0 changed, 1 removed; team ok');
  expect(await seen.interrupt()).toBe(130);
});

test.each<[what: string, command: string, args: string[], code: number, said: string]>([
  ['a server that there is not', 'info', ['ful'], 1, 'has no server "ful"; did you mean com.example/full?'],
  ['a version that there is not', 'info', ['full', '--version', '3'], 1, 'has no version 3 of com.example/full; it has 2.0.0, 1.9.0'],
  ['a version of nothing', 'info', ['--version', '3'], 2, '--version is for servers only; write REGISTRY/SERVER'],
  ['a source that there is not', 'sync', ['--source', 'taem'], 2, 'has no source "taem"; did you mean team?'],
  ['a snapshot that there is not', 'rollback', ['--to', '00000000'], 2, 'keeps no snapshot "00000000"; it keeps'],
  ['a hash that is none', 'rollback', ['--to', 'x'], 2, '--to is "x"; give eight digits of the hash or more'],
  ['a rollback to nothing', 'rollback', [], 2, 'give --to HASH for an earlier catalog, or --end for the sources'],
  ['nothing to explain', 'explain', [], 2, 'there is nothing to ask about; name an image, a URL, a package or a server'],
  ['a time that is none', 'sync', ['--wait', '--timeout', '5'], 2, '--timeout is "5"'],
  ['syncs that are not kept', 'history', ['--limit', '101'], 2, '--limit is "101"; give it a whole number from 1 to 100'],
  ['a report of a source that there is not', 'report', ['--source', 'taem'], 2, 'has no source "taem"; did you mean team?'],
])('%s: exit code and message', async (_, command, args, code, said) => {
  const found = await run(command, ...args);
  expect(found.stderr).toContain(said);
  expect([found.code, found.stdout]).toEqual([code, '']);
});
