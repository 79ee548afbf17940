import { expect, test } from '@jest/globals';
import { readServersPath, type ServersPath } from './servers-path.ts';

const version = (name: string, version: string): ServersPath => ({ kind: 'version', name, version });
const versions = (name: string): ServersPath => ({ kind: 'versions', name });

test.each<[string, ServersPath | undefined]>([
  ['/v0.1/servers', { kind: 'list' }],
  ['/v0.1/servers/a%2Fb/versions', versions('a/b')],
  ['/v0.1/servers/a/b/versions', versions('a/b')],
  ['/v0.1/servers/a%2Fb/versions/1', version('a/b', '1')],
  ['/v0.1/servers/a/b/versions/1', version('a/b', '1')],
  ['/v0.1/servers/a%2Fb/versions/versions', version('a/b', 'versions')],
  ['/v0.1/servers/a/b/versions/versions', version('a/b', 'versions')],
  ['/v0.1/servers/x/versions', versions('x')],
  ['/v0.1/servers/x/versions/versions', version('x', 'versions')],
  ['/v0.1/servers/x/versions/versions/', version('x', 'versions')],
  ['/v0.1/servers/x%2Fversions/versions', versions('x/versions')],
  ['/v0.1/servers/x%2Fversions/versions/versions', version('x/versions', 'versions')],
  ['/v0.1/servers/x/versions/versions/1', version('x/versions', '1')],
  ['/v0.1/servers/versions/b/versions', versions('versions/b')],
  ['/registry/r/v0.1/servers/a%2Fb/versions/versions', version('a/b', 'versions')],
  ['/registry/status', undefined],
])('%s', (path, expected) => {
  expect(readServersPath(path, 'r')).toEqual(expected);
});
