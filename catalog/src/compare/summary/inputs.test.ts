import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../json.ts';
import { between, npm, variable, toolhive } from './testing.ts';

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
    ['behaviour: new environment variables: A (required), B = x'],
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
  ['gone', variable({}), npm({}), ['behaviour: environment variable removed: A']],
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
  ['now secret', variable({}), variable({ isSecret: true }), ['behaviour: environment variable is now secret: A']],
  ['now required', variable({ isRequired: false }), variable({ isRequired: true }), ['behaviour: environment variable is now required: A']],
  [
    'not required, said and not said',
    variable({ isRequired: false }),
    variable({}),
    ['text: environment variable is written otherwise: A'],
  ],
  ['default', variable({ default: '1' }), variable({ default: '2' }), ['behaviour: default of environment variable changed: A (1 → 2)']],
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
    ['behaviour: value of environment variable changed: A (https://a.example/1 → https://a.example/2)'],
  ],
  ['choices', variable({ choices: ['a'] }), variable({ choices: ['a', 'b'] }), ['behaviour: new choice of environment variable: b']],
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
])('%s', (_, before, after, expected) => {
  expect(between(before, after)).toEqual(expected);
});
