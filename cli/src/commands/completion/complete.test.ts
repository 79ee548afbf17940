import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { servingFiles } from '@toolhive-registry/registry-server/testing';
import { builtProgram, onTerminal, type Program } from '../../testing.ts';

/** Names that would do something on the line of a shell. */
const HOSTILE = ['bad;touch${IFS}owned', 'bad`touch owned`', 'bad$(touch owned)', "bad'quoted", 'bad word', 'bad\\slash', 'bad*'];
const CATALOG = ['one', 'two', 'three', ...HOSTILE].map((name) => ({ name: `com.example/${name}`, version: '1.0.0', description: name }));

let program: Program;
let server: Awaited<ReturnType<typeof servingFiles>>;
let bin: string;
beforeAll(async () => {
  [program, server] = await Promise.all([builtProgram(), servingFiles({ own: CATALOG })]);
  bin = mkdtempSync(join(tmpdir(), 'cli-bin-'));
  const file = join(bin, 'toolhive-registry');
  // It answers the shell, and otherwise says what it was called with.
  const answer = `exec '${process.execPath}' '${program.file}' "$@"`;
  writeFileSync(file, `#!/bin/sh\ncase $1 in __complete|completion) ${answer};; esac\nprintf '[%s]' "$@"\necho '[end]'\n`);
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
  ['the forms of a result', ['status', '-o', ''], ['table', 'json', 'yaml', 'jsonpath=', ':4']],
  ['a form behind =', ['version', '-o=j'], ['-o=json', '-o=jsonpath=', ':4']],
  ['a form that goes on', ['version', '--output=jsonp'], ['--output=jsonpath=', ':6']],
  ['a command to have its help', ['help', 'enf'], ['enforce', ':4']],
  ['nothing, for a command that there is not', ['sing', ''], [':4']],
  ['nothing, where no cluster can be asked', ['status', ''], [':4']],
])('%s', async (_, words, offers) => {
  expect(await offered(...words)).toEqual(offers);
});

test('names of servers, and none that would do something on the line of a shell', async () => {
  expect(await offered('info', '--url', server.url, 'com.example/t')).toEqual(['com.example/three', 'com.example/two', ':4']);
  expect(await offered('info', '--url', server.url, 'com.example/b')).toEqual([':4']);
});

describe('the script of bash', () => {
  /** What bash would offer for a line. */
  function inBash(line: string): string[] {
    const words = line.split(' ');
    const script = [
      'source <(toolhive-registry completion bash)',
      `COMP_LINE='${line}' COMP_POINT=${line.length} COMP_CWORD=${words.length - 1}`,
      `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')})`,
      // Outside of a completion there is nothing to ask it for.
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

  // In a terminal of its own, with what the machine's bash and readline make of it. The line is run, so that what is on it can be seen.
  test.each<[line: string, calledWith: string]>([
    ['toolhive-registry his\t', '[history]'],
    ['toolhive-registry list --sort=u\t', '[list][--sort=updated]'],
    ['toolhive-registry list --sort=\tn\t', '[list][--sort=name]'],
    ['toolhive-registry list -o=y\t', '[list][-o=yaml]'],
    ['toolhive-registry list --search "a b" --ti\t', '[list][--search][a b][--tier]'],
    ['X=1 toolhive-registry his\t', '[history]'],
    ['echo | toolhive-registry his\t', '[history]'],
    ['~/toolhive-registry his\t', '[history]'],
    ['toolhive-registry info --url URL com.example/on\t', '[info][--url][URL][com.example/one]'],
    ['toolhive-registry info --url=URL com.example/on\t', '[info][--url=URL][com.example/one]'],
    ['toolhive-registry info --url URL "com.example/on\t', '[info][--url][URL][com.example/one]'],
    ["toolhive-registry info --url URL 'com.example/on\t", '[info][--url][URL][com.example/one]'],
    ['toolhive-registry info --url URL com.example/b\t', '[info][--url][URL][com.example/b]'],
    ['toolhive-registry validate ~/toolhive-reg\t', '[validate][HOME/toolhive-registry]'],
  ])('%j', async (line, calledWith) => {
    const input = `source <(toolhive-registry completion bash)\n${line.replaceAll('URL', server.url)}\nexit\n`;
    const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: bin, PS1: '$ ', TERM: 'dumb' };
    const { stdout } = await onTerminal('cd; exec bash --norc --noprofile -i', { input, env, screen: { columns: 200, rows: 40 } });
    const called = /^\[.*(?=\[end\])/m.exec(stdout.replaceAll('\r', ''))?.[0];
    expect(called).toBe(calledWith.replaceAll('URL', server.url).replaceAll('HOME', bin));
    expect(existsSync(join(bin, 'owned'))).toBe(false);
  });
});

test.each<[shell: string, bound: RegExp]>([
  ['bash', /^complete -F _kubectl_mcpregistry kubectl-mcpregistry$/m],
  ['zsh', /^#compdef kubectl-mcpregistry$/m],
  ['fish', /^complete -c kubectl-mcpregistry /m],
])('the script of %s for the plugin of kubectl', (shell, bound) => {
  const file = join(bin, 'kubectl-mcpregistry');
  symlinkSync(program.file, file);
  const { stdout } = spawnSync(process.execPath, ['--preserve-symlinks-main', file, 'completion', shell], { encoding: 'utf8' });
  rmSync(file);
  expect(stdout).toMatch(bound);
});
