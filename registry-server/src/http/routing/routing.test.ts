import { expect, test } from '@jest/globals';
import { officialRoutes } from '../routes/official.ts';
import { route } from '../routes/route.ts';
import { readTarget } from './aliases.ts';
import { createTable, type RouteTable } from './table.ts';
import { decodePart } from './template.ts';

const table = createTable(officialRoutes());

/** Name of the route for a path, and the values of its parameters. */
function matched(routes: RouteTable, path: string): string[] | undefined {
  const target = readTarget(path, 'r');
  const found = routes.find(target.path);
  if (found === undefined) return undefined;
  return [found.routes.get('GET')?.id ?? '', ...(found.template.match(target.path) ?? []).map(decodePart)];
}

test.each<[string, string[] | undefined]>([
  ['/v0.1/servers', ['listServers']],
  ['/v0/servers/', ['listServers']],
  ['/v0.1/servers?limit=1', ['listServers']],
  ['/v0.1/servers/a%2Fb/versions', ['listServerVersions', 'a/b']],
  ['/v0.1/servers/a/b/versions', ['listServerVersions', 'a/b']],
  ['/v0.1/servers//versions', ['listServerVersions', '']],
  ['/v0.1/servers/a%2Fb/versions/1', ['getServerVersion', 'a/b', '1']],
  ['/v0.1/servers/a/b/versions/1', ['getServerVersion', 'a/b', '1']],
  ['/v0.1/servers/a%2Fb/versions/versions', ['getServerVersion', 'a/b', 'versions']],
  ['/v0.1/servers/a/b/versions/versions', ['getServerVersion', 'a/b', 'versions']],
  ['/v0.1/servers/x/versions', ['listServerVersions', 'x']],
  ['/v0.1/servers/x/versions/versions', ['getServerVersion', 'x', 'versions']],
  ['/v0.1/servers/x/versions/versions/', ['getServerVersion', 'x', 'versions']],
  ['/v0.1/servers/x%2Fversions/versions', ['listServerVersions', 'x/versions']],
  ['/v0.1/servers/x%2Fversions/versions/versions', ['getServerVersion', 'x/versions', 'versions']],
  ['/v0.1/servers/x/versions/versions/1', ['getServerVersion', 'x/versions', '1']],
  ['/v0.1/servers/versions/b/versions', ['listServerVersions', 'versions/b']],
  ['/registry/r/v0.1/servers/a%2Fb/versions/versions', ['getServerVersion', 'a/b', 'versions']],
  ['/registry/r/v0/servers', ['listServers']],
  ['/registry/status', undefined],
  ['/v0x1/servers', undefined],
  ['/V0.1/servers', undefined],
])('%s', (path, expected) => {
  expect(matched(table, path)).toEqual(expected);
});

test('a path of another registry says which one is served', () => {
  expect(() => readTarget('/registry/other/v0.1/servers', 'r')).toThrow('this server serves "r"');
});

test('a path without parameters is preferred to one with', () => {
  const facts = {
    methods: ['GET'],
    ports: ['public'],
    tag: 'catalog',
    summary: '',
    errors: [],
    success: { status: 200, description: '' },
  } as const;
  const answer = (): never => {
    throw new Error('not asked');
  };
  const mixed = createTable([
    route({ ...facts, id: 'one', path: '/api/servers/{name}' }, answer),
    route({ ...facts, id: 'deployed', path: '/api/servers/deployed' }, answer),
  ]);
  expect(matched(mixed, '/api/servers/deployed')).toEqual(['deployed']);
  expect(matched(mixed, '/api/servers/else')).toEqual(['one', 'else']);
});

test('two rows of one name, or for one method and path, are refused', () => {
  const [first, ...others] = officialRoutes();
  if (first === undefined) throw new Error('there are no routes');
  expect(() => createTable([first, ...others, first])).toThrow('2 routes are called listServers');
  expect(() => createTable([first, { ...first, id: 'other' }])).toThrow('two routes answer GET /v0.1/servers: listServers and other');
});
