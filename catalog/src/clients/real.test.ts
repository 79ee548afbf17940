import { expect, test } from '@jest/globals';
import { readCatalog } from '../formats/read.ts';
import { asText, type JsonObject } from '../json.ts';
import { REAL_CATALOGS, testdata } from '../testing.ts';
import { CLIENTS, clientSetup, type Client, type ClientSetup, type SetupUnavailable } from './index.ts';
import { CONFIGURED_CLIENTS, configurationsIn, type ClientSettings } from './testing.ts';

const servers = new Map(REAL_CATALOGS.map((name) => [name, serversOf(name)]));

function serversOf(name: string): JsonObject[] {
  return readCatalog(testdata(name), 'auto')
    .entries.filter(({ kind }) => kind === 'server')
    .map(({ server }) => server);
}

function setups(catalog: string, client: Client): (ClientSetup | SetupUnavailable)[] {
  return (servers.get(catalog) ?? []).map((server) => clientSetup(server, client));
}

/** How many a client can be settings of, and for which reasons not. */
function counts(catalog: string, client: Client): Record<string, number> {
  const found: Record<string, number> = {};
  for (const setup of setups(catalog, client)) {
    const key = setup.available ? 'available' : setup.reason;
    found[key] = (found[key] ?? 0) + 1;
  }
  return found;
}

const official = { nothing: 59, options: 13, name: 2, url: 2 };

test.each<[string, Client, Record<string, number>]>([
  ['official-registry-dump-2026-02-06.json', 'vscode', { ...official, available: 1621, registry: 34 }],
  ['official-registry-dump-2026-02-06.json', 'claude', { ...official, available: 1621, registry: 34 }],
  ['official-registry-dump-2026-02-06.json', 'claude-desktop', { ...official, available: 1041, transport: 614 }],
  ['official-registry-dump-2026-02-06.json', 'cursor', { ...official, available: 1621, registry: 34 }],
  ['official-registry-dump-2026-02-06.json', 'thv', { ...official, available: 1610, registry: 45 }],
  ['official-registry-dump-2026-02-06.json', 'docker', { ...official, available: 735, registry: 919, options: 14 }],
  ['official-registry-dump-2026-02-06.json', 'codex', { ...official, available: 1586, registry: 34, transport: 35 }],
  ['official-registry-dump-2026-02-06.json', 'gemini', { ...official, available: 1621, registry: 34 }],
  ['official-registry-dump-2026-02-06.json', 'json', { ...official, available: 1621, registry: 34 }],
  ['toolhive-legacy-2025-10-22.json', 'vscode', { available: 88 }],
  ['toolhive-legacy-2025-10-22.json', 'thv', { available: 88 }],
  ['toolhive-legacy-2025-10-22.json', 'docker', { available: 88 }],
  ['toolhive-catalog-2026-08-24.json', 'claude', { available: 110 }],
  ['toolhive-catalog-2026-08-24.json', 'docker', { available: 110 }],
])('in %s, %s can be configured for', (catalog, client, wanted) => {
  expect(counts(catalog, client)).toEqual(wanted);
});

test.each(REAL_CATALOGS)('unsupported servers have a reason and a remedy: %s', (catalog) => {
  const sentence = /^[A-Z].*\.$/s;
  const poor = CLIENTS.flatMap((client) => setups(catalog, client)).filter((setup) =>
    setup.available ? setup.ways.length === 0 : !sentence.test(setup.message) || !sentence.test(setup.remedy),
  );
  expect(poor).toEqual([]);
});

/** What is settings, with what VS Code asks for as the placeholder of other clients. */
function alike({ command, url, values }: ClientSettings, serverName: string): string {
  const asked = `\${input:${serverName.replaceAll(/[^A-Za-z0-9.-]/g, '_')}_`;
  const plain = (text: string): string => {
    const [first = '', ...others] = text.split(asked);
    return [first, ...others.map((part) => part.replace('}', '>'))].join('<');
  };
  return plain(JSON.stringify([command, url, values]));
}

test.each(REAL_CATALOGS)('every way of every client has the same settings for the servers of %s', (catalog) => {
  const all = servers.get(catalog) ?? [];
  const wanted = all.map((server) => clientSetup(server, 'json'));
  const first = configurationsIn(wanted.filter((setup) => setup.available)).map(([settings]) => settings);
  const base = new Map(wanted.flatMap((setup, index) => (setup.available ? [index] : [])).map((place, index) => [place, first[index]]));
  for (const client of CONFIGURED_CLIENTS) {
    const same = all.flatMap((server, index) => {
      const [setup, other] = [clientSetup(server, client), wanted[index]];
      // Clients that cannot use the first target take another.
      return setup.available && other?.available === true && setup.target === other.target
        ? [{ setup, index, name: asText(server['name']) ?? '' }]
        : [];
    });
    const settings = configurationsIn(same.map(({ setup }) => setup));
    const different = same.flatMap(({ index, name }, at) => {
      const one = base.get(index);
      return (settings[at] ?? []).map((way) => alike(way, name)).filter((text) => one === undefined || text !== alike(one, name));
    });
    const missing = same.filter((_, at) => (settings[at] ?? []).length === 0).map(({ name }) => name);
    expect([client, missing, different]).toEqual([client, [], []]);
  }
});
