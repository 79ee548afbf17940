import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { servingFiles } from '@toolhive-registry/registry-server/testing';
import { builtProgram, type Program } from '../../testing.ts';

const CATALOG = ['one', 'two', 'three'].map((name) => ({ name: `com.example/${name}`, version: '1.0.0', description: name }));

let program: Program;
let server: Awaited<ReturnType<typeof servingFiles>>;
let bin: string;
beforeAll(async () => {
  [program, server] = await Promise.all([builtProgram(), servingFiles({ own: CATALOG })]);
  bin = mkdtempSync(join(tmpdir(), 'cli-bin-'));
  const file = join(bin, 'toolhive-registry');
  writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' '${program.file}' "$@"\n`);
  chmodSync(file, 0o755);
}, 60_000);
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await program?.[Symbol.asyncDispose]();
  if (bin !== undefined) rmSync(bin, { recursive: true, force: true });
});

async function offered(...words: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await program.run(['__complete', ...words]);
  expect([code, stderr]).toEqual([0, '']);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t')[0] ?? '');
}

test.each<[what: string, words: string[], offers: string[]]>([
  ['a command', ['l'], ['list', ':4']],
  ['the first word of a command of two', ['enf'], ['enforce', ':4']],
  ['the second word', ['enforce', ''], ['check', ':4']],
  ['a flag', ['list', '--so'], ['--sort', ':4']],
  ['a flag behind another with its value', ['list', '--tag', 'x', '--no-p'], ['--no-pager', ':4']],
  ['the values of a flag', ['list', '--sort', 'u'], ['updated', ':4']],
  ['the values of a flag behind =', ['list', '--sort=p'], ['--sort=published', ':4']],
  ['an argument with choices', ['completion', 'z'], ['zsh', ':4']],
  ['files for a flag', ['add', 'x', '--from-file', ''], [':0']],
  ['files for an argument', ['validate', ''], [':0']],
  ['files for flags of the server', ['serve', '--config', ''], [':0']],
  ['nothing, where anything may stand', ['add', ''], [':4']],
  ['nothing, for a command that there is not', ['sing', ''], [':4']],
  ['nothing, where no cluster can be asked', ['status', ''], [':4']],
])('%s', async (_, words, offers) => {
  expect(await offered(...words)).toEqual(offers);
});

test('names of servers', async () => {
  expect(await offered('info', '--url', server.url, 'com.example/t')).toEqual(['com.example/three', 'com.example/two', ':4']);
});

describe('the script of bash', () => {
  /** What bash would offer for a line. */
  function inBash(line: string): string[] {
    const words = line.split(' ');
    const script = [
      'source <(toolhive-registry completion bash)',
      `COMP_LINE='${line}' COMP_POINT=${line.length} COMP_CWORD=${words.length - 1}`,
      `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')})`,
      // Outside of a completion there is nothing that it could be told.
      'compopt() { :; }',
      '_toolhive_registry',
      'printf "%s\\n" "${COMPREPLY[@]}"',
    ].join('\n');
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], {
      env: { PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: bin },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    expect(stderr).toBe('');
    return stdout.trimEnd().split('\n');
  }

  test.each<[line: string, offers: string[]]>([
    ['toolhive-registry his', ['history']],
    ['toolhive-registry list --sort ', ['name', 'updated', 'published', 'stars']],
    ['toolhive-registry enforce ', ['check']],
  ])('%s', (line, offers) => {
    expect(inBash(line)).toEqual(offers);
  });

  test('of a word with = the part behind it is offered', () => {
    // Bash cuts words at : and =, so that of `--sort=up` the word is `up`.
    const script = [
      'source <(toolhive-registry completion bash)',
      'compopt() { :; }',
      "COMP_LINE='toolhive-registry list --sort=up' COMP_POINT=32 COMP_WORDS=(toolhive-registry list --sort = up) COMP_CWORD=4",
      '_toolhive_registry',
      'printf "%s\\n" "${COMPREPLY[@]}"',
    ].join('\n');
    const { stdout } = spawnSync('bash', ['--norc', '-c', script], {
      env: { PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: bin },
      encoding: 'utf8',
    });
    expect(stdout).toBe('updated\n');
  });
});
