import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { servingFiles } from '../testing.ts';

const CATALOG = new URL('../../../catalog/testdata/toolhive-catalog-2026-08-24.json', import.meta.url);
const SKILLS = '/v0.1/x/dev.toolhive/skills';
const PLUGIN = { namespace: 'com.example', name: 'lint', description: 'Lints', version: '1.0.0', status: 'active' };

interface Skill {
  readonly namespace: string;
  readonly name: string;
  readonly version: string;
}

const original = JSON.parse(readFileSync(CATALOG, 'utf8')) as { data: { servers: object[]; skills: Skill[] } };
let server: Awaited<ReturnType<typeof servingFiles>>;

beforeAll(async () => {
  const old = { ...PLUGIN, name: 'old', version: '0.1.0', status: 'deprecated' };
  const plugins = [PLUGIN, { ...PLUGIN, version: '1.1.0-rc.1' }, { ...PLUGIN, version: '1.0.1' }, old];
  server = await servingFiles({ toolhive: original, plugins: { data: { servers: [], plugins } } });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

async function get<T>(path: string): Promise<T> {
  const response = await fetch(`${server.url}${path}`);
  expect([path, response.status]).toEqual([path, 200]);
  return (await response.json()) as T;
}

interface SkillPage {
  readonly skills: Skill[];
  readonly metadata: { readonly count: number; readonly nextCursor?: string };
}

describe('skills', () => {
  test.each(['/v0.1', '/v0', '/registry/test/v0.1'])('all of them, page by page, as the catalog has them: %s', async (base) => {
    const seen: Skill[] = [];
    let cursor: string | undefined;
    do {
      const page = await get<SkillPage>(`${base}/x/dev.toolhive/skills?limit=100${cursor === undefined ? '' : `&cursor=${cursor}`}`);
      expect(page.metadata.count).toBe(page.skills.length);
      seen.push(...page.skills);
      cursor = page.metadata.nextCursor;
    } while (cursor !== undefined);
    const byName = (a: Skill, b: Skill): number => (a.name < b.name ? -1 : 1);
    expect(seen.sort(byName)).toEqual(original.data.skills.toSorted(byName));
  });

  test('50 to a page', async () => {
    expect((await get<SkillPage>(SKILLS)).skills).toHaveLength(50);
  });

  test('one, its versions, and one version', async () => {
    const [wanted] = original.data.skills;
    const path = `${SKILLS}/${wanted?.namespace ?? ''}/${wanted?.name ?? ''}`;
    expect(await get(path)).toEqual(wanted);
    expect(await get(`${path}/versions`)).toEqual({ skills: [wanted], metadata: { count: 1 } });
    for (const version of ['latest', wanted?.version ?? '']) expect(await get(`${path}/versions/${version}`)).toEqual(wanted);
  });

  test.each([
    [`${SKILLS}/io.github.stacklok/none`, 404, 'Skill not found'],
    [`${SKILLS}/io.github.stacklok/none/versions`, 404, 'Skill not found'],
    [`${SKILLS}?limit=0`, 422, 'limit is "0"'],
    [`${SKILLS}?limit=101`, 422, 'limit is "101"'],
    [`${SKILLS}?cursor=!`, 400, 'cursor "!"'],
    ['/v0.1/x/dev.toolhive/plugins/com.example/none', 404, 'Plugin not found'],
    ['/v0.1/servers/%7Fskill%20io.github.stacklok%2Fagent-observability-eval-bootstrap/versions', 404, 'Server not found'],
    ['/v0.1/servers/%7Fskill%20io.github.stacklok%2Fagent-observability-eval-bootstrap/versions/latest', 404, 'Server not found'],
  ])('%s: %i', async (path, status, message) => {
    const response = await fetch(`${server.url}${path}`);
    expect([response.status, ((await response.json()) as { error: string }).error]).toEqual([status, expect.stringContaining(message)]);
  });
});

describe('plugins', () => {
  const labels = async (query: string): Promise<string[]> => {
    const { plugins } = await get<{ plugins: Skill[] }>(`/v0.1/x/dev.toolhive/plugins${query}`);
    return plugins.map(({ name, version }) => `${name}@${version}`);
  };

  test.each([
    ['the latest version of each', '', ['lint@1.1.0-rc.1', 'old@0.1.0']],
    ['by status', '?status=Deprecated', ['old@0.1.0']],
    ['by several', '?status=deprecated,active', ['lint@1.1.0-rc.1', 'old@0.1.0']],
    ['by namespace', '?namespace=com.example', ['lint@1.1.0-rc.1', 'old@0.1.0']],
    ['by a part of a namespace', '?namespace=com.ex', []],
    ['by text', '?search=LINTS', ['lint@1.1.0-rc.1', 'old@0.1.0']],
    ['by name', '?search=example/old', ['old@0.1.0']],
  ])('%s', async (_, query, expected) => {
    expect(await labels(query)).toEqual(expected);
  });
});

describe('filters', () => {
  interface Page {
    readonly servers: readonly { readonly server: Readonly<Record<string, unknown>> }[];
  }

  const found = async (query: string): Promise<readonly Page['servers'][number]['server'][]> => {
    const { servers } = await get<Page>(`/v0.1/servers?limit=100&version=latest&${query}`);
    return servers.map((item) => item.server);
  };
  const has = (one: unknown, part: string): boolean => JSON.stringify(one).includes(part);

  test.each([
    ['tag=database', '"database"'],
    ['tag=DATABASE', '"database"'],
    ['tier=official', '"tier":"Official"'],
    ['transport=streamable-http', '"type":"streamable-http"'],
    ['registry_type=oci', '"registryType":"oci"'],
    ['registry_type=remote', '"remotes":['],
    ['tag=nothing,database&tier=official', '"database"'],
  ])('%s gives servers with %s, and all of them', async (query, part) => {
    const servers = await found(query);
    expect(servers.length).toBeGreaterThan(0);
    expect(servers.every((one) => has(one, part))).toBe(true);
    const facets = await get<{ total: number }>(`/api/v1/facets?${query}`);
    expect(facets.total).toBe(servers.length);
  });

  test.each(['tag=nothing', 'tag=database&transport=nothing', 'tier=official&search=zzzz'])('%s gives none', async (query) => {
    expect(await found(query)).toEqual([]);
  });

  test.each([
    [`tag=${'a,'.repeat(51)}`, 'tag has 51 values'],
    [`tag=${'a'.repeat(1001)}`, 'tag has 1 values in 1001 characters'],
  ])('too many values are refused: %#', async (query, message) => {
    const response = await fetch(`${server.url}/v0.1/servers?${query}`);
    expect([response.status, await response.text()]).toEqual([422, expect.stringContaining(message)]);
  });

  test('facets count the latest versions, the most frequent values first', async () => {
    const { facets, total } = await get<{ total: number; facets: Record<string, { value: string; count: number }[]> }>(
      '/api/v1/facets?limit=2',
    );
    expect(total).toBe(original.data.servers.length);
    expect(facets['source']).toEqual([{ value: 'toolhive', count: total }]);
    expect(facets['tag']).toHaveLength(2);
    const [first, second] = facets['tag'] ?? [];
    expect(first?.count).toBeGreaterThanOrEqual(second?.count ?? 0);
    const tiers = facets['tier']?.reduce((sum, { count }) => sum + count, 0);
    expect(tiers).toBe(total);
  });
});
