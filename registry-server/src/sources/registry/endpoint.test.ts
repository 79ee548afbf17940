import { expect, test } from '@jest/globals';
import { endpointOf } from './endpoint.ts';

test.each([
  ['https://a.test', ['v0.1', 'toolhive', 'v0'], 'https://a.test/v0.1/servers'],
  ['https://a.test/', ['v0.1', 'toolhive', 'v0'], 'https://a.test/v0.1/servers'],
  ['https://a.test/v0.1', ['v0.1'], 'https://a.test/v0.1/servers'],
  ['https://a.test/v0.1/', ['v0.1'], 'https://a.test/v0.1/servers'],
  ['https://a.test/v0.1/servers', ['v0.1'], 'https://a.test/v0.1/servers'],
  ['https://a.test/v0', ['toolhive', 'v0'], 'https://a.test/v0.1/servers'],
  ['https://a.test/registry/team', ['v0.1', 'toolhive', 'v0'], 'https://a.test/registry/team/v0.1/servers'],
  ['https://a.test/registry/team/v0.1', ['v0.1'], 'https://a.test/registry/team/v0.1/servers'],
  ['https://a.test/servers', ['v0.1', 'toolhive', 'v0'], 'https://a.test/servers/v0.1/servers'],
  ['https://a.test:8443/x?key=1', ['v0.1', 'toolhive', 'v0'], 'https://a.test:8443/x/v0.1/servers?key=1'],
])('%s', (address, candidates, list) => {
  const endpoint = endpointOf(address);
  expect(endpoint.candidates).toEqual(candidates);
  expect(endpoint.url('v0.1', 'servers')).toBe(list);
});

test('parameters are encoded', () => {
  const { url } = endpointOf('https://a.test');
  expect(url('v0', 'servers', { cursor: 'io.test/a:1.0.0+x&y' })).toBe('https://a.test/v0/servers?cursor=io.test%2Fa%3A1.0.0%2Bx%26y');
  expect(url('toolhive', 'info')).toBe('https://a.test/v0/info');
});
