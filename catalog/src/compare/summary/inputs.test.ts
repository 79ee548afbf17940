import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../json.ts';
import { between, npm, remote, variable, toolhive } from './testing.ts';

test.each<[string, JsonObject, JsonObject, string[]]>([
  [
    'new',
    npm({}),
    npm({
      environmentVariables: [
        { name: 'A', isRequired: true },
        { name: 'B', default: 'x' },
      ],
    }),
    ['behavior: new environment variables: A (required), B = x'],
  ],
  [
    'new secret',
    variable({}),
    npm({ environmentVariables: [{ name: 'KEY', isSecret: true, isRequired: true }, { name: 'A' }] }),
    ['security: new environment variable: KEY (secret, required)'],
  ],
  [
    'new address',
    variable({}),
    npm({ environmentVariables: [{ name: 'A' }, { name: 'API', value: 'https://evil.example' }] }),
    ['security: new environment variable: API = https://evil.example'],
  ],
  ['gone', variable({}), npm({}), ['behavior: environment variable removed: A']],
  [
    'no longer secret',
    variable({ isSecret: true }),
    variable({ isSecret: false }),
    ['security: environment variable is no longer secret: A'],
  ],
  ['no longer said to be secret', variable({ isSecret: true }), variable({}), ['security: environment variable is no longer secret: A']],
  [
    'no longer secret in words of summer 2025',
    npm({ environment_variables: [{ name: 'A', is_secret: true }] }),
    npm({ environment_variables: [{ name: 'A' }] }),
    ['security: environment variable is no longer secret: A'],
  ],
  ['now secret', variable({}), variable({ isSecret: true }), ['behavior: environment variable is now secret: A']],
  ['now required', variable({ isRequired: false }), variable({ isRequired: true }), ['behavior: environment variable is now required: A']],
  [
    'not required, said and not said',
    variable({ isRequired: false }),
    variable({}),
    ['text: environment variable is written differently: A'],
  ],
  ['default', variable({ default: '1' }), variable({ default: '2' }), ['behavior: default of environment variable changed: A (1 → 2)']],
  [
    'address',
    variable({ default: 'https://a.example' }),
    variable({ default: 'https://b.example' }),
    ['security: default of environment variable leads to another host: A (https://a.example → https://b.example)'],
  ],
  [
    'path of an address',
    variable({ value: 'https://a.example/1' }),
    variable({ value: 'https://a.example/2' }),
    ['behavior: value of environment variable changed: A (https://a.example/1 → https://a.example/2)'],
  ],
  ['choices', variable({ choices: ['a'] }), variable({ choices: ['a', 'b'] }), ['behavior: new choice of environment variable: b']],
  [
    'words',
    variable({ description: 'a' }),
    variable({ description: 'b', placeholder: 'c' }),
    ['text: description of environment variable changed: A (a → b)', 'text: placeholder of environment variable added: A = c'],
  ],
  [
    'variable within a value',
    variable({ value: '{x}', variables: {} }),
    variable({ value: '{x}', variables: { x: { isSecret: true } } }),
    ['security: new variable: x (secret)'],
  ],
  [
    "ToolHive's, of a remote",
    toolhive({ env_vars: [{ name: 'A', secret: true }] }),
    toolhive({ env_vars: [{ name: 'A' }] }),
    ['security: environment variable is no longer secret: A'],
  ],
  [
    "address of ToolHive's variable without a scheme",
    toolhive({ env_vars: [{ name: 'API_HOST', default: 'a.example' }] }),
    toolhive({ env_vars: [{ name: 'API_HOST', default: 'b.example' }] }),
    ['security: default of environment variable changed: API_HOST (a.example → b.example)'],
  ],
])('%s', (_, before, after, expected) => {
  expect(between(before, after)).toEqual(expected);
});

describe('variables that make an interpreter load code, or fetch it from elsewhere', () => {
  const names = [
    'NODE_OPTIONS',
    'NODE_PATH',
    'LD_PRELOAD',
    'LD_LIBRARY_PATH',
    'DYLD_INSERT_LIBRARIES',
    'PATH',
    'BASH_ENV',
    'PYTHONPATH',
    'PYTHONSTARTUP',
    'PYTHONHOME',
    'PERL5OPT',
    'RUBYOPT',
    'JAVA_TOOL_OPTIONS',
    'DOTNET_STARTUP_HOOKS',
    'npm_config_registry',
    'NPM_CONFIG_REGISTRY',
    'PIP_INDEX_URL',
    'UV_INDEX_URL',
    'UV_DEFAULT_INDEX',
    'DOCKER_HOST',
  ];
  const named = (name: string, fields: JsonObject): JsonObject => npm({ environmentVariables: [{ name, ...fields }] });
  test.each(names)('%s', (name) => {
    expect(between(npm({}), named(name, {}))).toEqual([`security: new environment variable: ${name}`]);
    expect(between(npm({}), named(name, { value: 'x' }))).toEqual([`security: new environment variable: ${name} = x`]);
    for (const field of ['value', 'default'])
      expect(between(named(name, { [field]: 'x' }), named(name, { [field]: 'y' }))).toEqual([
        `security: ${field} of environment variable changed: ${name} (x → y)`,
      ]);
    const within = (preset: string): JsonObject => named(name, { value: '{a}', variables: { a: { default: preset } } });
    expect(between(within('x'), within('y'))).toEqual(['security: default of variable changed: a (x → y)']);
    expect(between(named(name, { value: 'x' }), npm({}))).toEqual([`behavior: environment variable removed: ${name}`]);
  });
});

test.each<[name: string, before: string, after: string, attention: string]>([
  ['API_HOST', 'a.example', 'b.example:8443', 'security'],
  ['SERVER', 'a', 'b', 'security'],
  ['proxy', 'a:1', 'b:1', 'security'],
  ['MY_INDEX', 'a', 'b', 'security'],
  ['API_URL', 'https://a.example/1', 'https://a.example/2', 'behavior'],
  ['API_HOST', 'a.example', 'localhost:8080', 'behavior'],
  ['GHOST', 'a', 'b', 'behavior'],
  ['LOG_LEVEL', 'a', 'b', 'behavior'],
])('an address in variable %s, %s → %s: %s', (name, before, after, attention) => {
  const set = (value: string): JsonObject => npm({ environmentVariables: [{ name, value }] });
  expect(between(set(before), set(after))).toEqual([`${attention}: value of environment variable changed: ${name} (${before} → ${after})`]);
});

test.each<[string, JsonObject, JsonObject, string[]]>([
  ['another fixed value', { value: 'a' }, { value: 'b' }, ['security: value of header changed: X-A (a → b)']],
  ['a fixed value where somebody was asked', {}, { value: 'b' }, ['security: value of header added: X-A = b']],
  ['asked for what was fixed', { value: 'a' }, {}, ['behavior: value of header removed: X-A (was a)']],
  ['another default, which somebody sees', { default: 'a' }, { default: 'b' }, ['behavior: default of header changed: X-A (a → b)']],
])('headers: %s', (_, before, after, expected) => {
  const header = (fields: JsonObject): JsonObject => remote({ headers: [{ name: 'X-A', ...fields }] });
  expect(between(header(before), header(after))).toEqual(expected);
});

test('a new header with a fixed value', () => {
  expect(between(remote({}), remote({ headers: [{ name: 'X-A', value: 'b' }] }))).toEqual(['security: new header: X-A = b']);
  expect(between(remote({}), remote({ headers: [{ name: 'X-A' }] }))).toEqual(['behavior: new header: X-A']);
});
