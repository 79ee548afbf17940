import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { builtProgram, type Program } from '../testing.ts';

let program: Program;
beforeAll(async () => {
  program = await builtProgram();
}, 60_000);
afterAll(async () => {
  await program?.[Symbol.asyncDispose]();
});

/** Nobody listens there: whatever is refused is refused before anyone is asked. */
const NOWHERE = ['--url', 'http://127.0.0.1:1'];

test.each<[what: string, args: string[], said: string]>([
  ['a transport that there is not', ['list', '--transport', 'nope'], '--transport is "nope"; use one of stdio, sse, streamable-http'],
  ['a type that there is not', ['list', '--type', 'nope'], '--type is "nope"; use one of oci, npm, pypi, nuget, cargo, mcpb, remote'],
  [
    'versions and a client',
    ['info', 'x', '--versions', '--client', 'thv'],
    '--versions and --client exclude each other; leave one of them out',
  ],
  ['versions and a version', ['info', 'x', '--versions', '--version', '1'], '--versions and --version exclude each other'],
  ['a target for no client', ['info', 'x', '--target', 'packages/0'], '--target is for --client; add --client, or leave --target out'],
  ['how long nobody waits', ['sync', '--timeout', '5s'], '--timeout is for --wait; add --wait, or leave --timeout out'],
  ['a result that is not waited for', ['sync', '-o', 'json'], '--output is for --wait'],
  ['an empty search', ['list', '--search', ''], '--search is empty; give it a value, or leave it out'],
  ['one of several that is empty', ['list', '--tag', 'a', '--tag', ' '], '--tag is empty'],
  ['an empty version', ['info', 'x', '--version='], '--version is empty'],
  ['an empty argument', ['info', ''], 'REGISTRY[/SERVER] is empty'],
  ['an empty form', ['list', '-o='], '--output is empty'],
  ['an address that is empty', ['list', '--url', ''], '--url is empty'],
])('%s', async (_, args, said) => {
  const found = await program.run(args.includes('--url') ? args : [...args, ...NOWHERE]);
  expect(found.stderr).toContain(`error: ${said}`);
  expect([found.code, found.stdout]).toEqual([2, '']);
});

test.each<[what: string, args: string[], said: string]>([
  ['add', ['add', 'x', '--from', 'url', '--at', 'https://example.com/x.json', '--timeout', '5s'], '--timeout is for --wait'],
  ['set', ['set', 'x', '--timeout', '5s'], '--timeout is for --wait'],
  ['rollback', ['rollback', 'x', '--end', '--timeout', '5s'], '--timeout is for --wait'],
  ['remove', ['remove', 'x', '--timeout', '5s'], '--timeout is for --wait'],
  [
    'a field that is set and unset',
    ['set', 'x', '--unset', 'displayName', '--display-name', 'X'],
    '--unset displayName and --display-name exclude',
  ],
  ['a filter', ['set', 'x', '--unset', 'filter', '--include-tag', 'a'], '--unset filter and --include-tag exclude each other'],
  ['an empty name', ['set', 'x', '--display-name', ''], '--display-name is empty'],
  ['several arguments, one of them empty', ['validate', 'a.json', ''], 'FILE|DIR|URL is empty'],
])('%s, without a cluster', async (_, args, said) => {
  const found = await program.run(args);
  expect(found.stderr).toContain(`error: ${said}`);
  expect([found.code, found.stdout]).toEqual([2, '']);
});

test.each<[args: string[]]>([[['version', '--kubeconfig', '', '--context=']], [['version', '-o=table']], [['version', '-otable']]])(
  '%j is as if nothing was given',
  async (args) => {
    expect(await program.run(args)).toEqual(await program.run(['version']));
  },
);

const STRUCTURED = ['json', 'yaml', 'jsonpath=TEMPLATE'];
test.each<[command: string, forms: string[]]>([
  ['list', ['table', 'wide', 'json', 'yaml', 'name', 'jsonpath=TEMPLATE']],
  ['info', ['table', 'json', 'yaml', 'name', 'jsonpath=TEMPLATE']],
  ['status', ['table', ...STRUCTURED]],
  ['explain', ['table', ...STRUCTURED]],
  ['sync', ['table', ...STRUCTURED]],
  ['version', ['table', ...STRUCTURED]],
  ['doctor', ['table', ...STRUCTURED]],
  ['enforce check', ['table', ...STRUCTURED]],
  ['report', ['table', 'wide', ...STRUCTURED]],
  ['history', ['table', 'wide', ...STRUCTURED]],
  ['add', ['yaml', 'json']],
  ['set', ['yaml', 'json']],
  ['template', ['yaml', 'json']],
  ['diff', ['text', 'markdown', 'json']],
  ['validate', ['text', 'json', 'sarif', 'junit']],
])('%s accepts the forms that its help and its completion list', async (command, forms) => {
  const words = command.split(' ');
  const { stdout } = await program.run([...words, '--help']);
  const help = stdout.replaceAll(/\s+/g, ' ');
  expect(help).toContain(`: ${forms.join(', ')} -`.replace(/ -$/, ''));
  const offered = (await program.run(['__complete', ...words, '--output', ''])).stdout.trimEnd().split('\n').slice(0, -1);
  expect(offered).toEqual(forms.map((form) => form.replace('TEMPLATE', '')));
  const refused = await program.run([...words, '-o', 'nope']);
  expect([refused.code, refused.stderr]).toEqual([2, `error: --output is "nope"; use one of ${forms.join(', ')}\n`]);
});
