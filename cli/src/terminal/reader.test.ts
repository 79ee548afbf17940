import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { servingFiles } from '@toolhive-registry/registry-server/testing';
import { builtProgram, onTerminal, type Program } from '../testing.ts';

const GOOD = { name: 'com.example/one', version: '1.0.0', description: 'One' };

let program: Program;
let server: Awaited<ReturnType<typeof servingFiles>>;
beforeAll(async () => {
  [program, server] = await Promise.all([builtProgram(), servingFiles({ own: [GOOD, { name: 'com.example/bad', version: '1.0.0' }] })]);
  await writeFile(join(program.folder, 'good.json'), JSON.stringify([GOOD]));
  await writeFile(join(program.folder, 'bad.json'), JSON.stringify([{ name: 'com.example/bad', version: '1.0.0' }]));
}, 60_000);
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await program?.[Symbol.asyncDispose]();
});

test.each<[args: string[], code: number]>([
  [['validate', 'bad.json'], 1],
  [['validate', 'good.json'], 0],
  [['diff', 'good.json', 'bad.json', '--exit-code'], 1],
  [['diff', 'good.json', 'good.json', '--exit-code'], 0],
  [['report', '--fail-on', 'leftOut', '--url', 'URL'], 1],
  [['explain', 'com.example/bad', '--url', 'URL'], 1],
  [['explain', 'com.example/one', '--url', 'URL'], 0],
  [['list', '--url', 'URL'], 141],
  [['version'], 141],
  [['--help'], 141],
])('%j without a reader: exit code %i', async (args, code) => {
  const found = await program.unread(args.map((word) => (word === 'URL' ? server.url : word)));
  expect([found.code, found.stderr]).toEqual([code, '']);
});

test('a full disk is reported in one sentence', async () => {
  for (const args of ['version --client', '--help', 'completion bash']) {
    const { code, stdout } = await onTerminal(`'${process.execPath}' '${program.file}' ${args} > /dev/full`);
    expect([args, code, stdout]).toEqual([args, 1, 'error: the result cannot be written: ENOSPC: no space left on device, write\r\n']);
  }
});

describe('an unexpected error', () => {
  const REPORT = 'report it at https://github.com/toolhive-registry/toolhive-registry/issues, with what DEBUG=toolhive-registry shows';

  async function faulty(env: Record<string, string> = {}): Promise<{ code: number | null; stderr: string }> {
    const file = join(program.folder, 'fault.cjs');
    await writeFile(file, "setImmediate(() => { throw new TypeError('it broke'); });\n");
    return program.run(['status', '--url', server.url, '--watch'], { env: { NODE_OPTIONS: `--require ${file}`, ...env } });
  }

  test('is one sentence with what to do', async () => {
    const { code, stderr } = await faulty();
    expect([code, stderr]).toEqual([1, `error: it broke; this is a fault of the program: ${REPORT}\n`]);
  });

  test('has where it came from with DEBUG, and no line of the program', async () => {
    const { code, stderr } = await faulty({ DEBUG: 'toolhive-registry' });
    const [sentence = '', ...calls] = stderr.trimEnd().split('\n');
    expect([code, sentence]).toEqual([1, `error: it broke; this is a fault of the program: ${REPORT}`]);
    expect(calls.length).toBeGreaterThan(0);
    for (const line of calls) expect(line).toMatch(/^ {4}at .{1,200}$/);
  });
});
