import { expect, test } from '@jest/globals';
import type { JsonObject } from '../json.ts';
import { serverJson } from '../testing.ts';
import { CLIENTS, clientOf, clientTitle, type Client } from './index.ts';
import { bundleServer, npmServer, packageServer, refusalOf, remoteServer, setupOf, sseRemote, stdioServer } from './testing.ts';

test.each<[Client, JsonObject, string, string]>([
  ['thv', packageServer({ registryType: 'nuget', identifier: 'Example.Weather' }), 'registry', 'one of NuGet'],
  ['thv', npmServer({ registryBaseUrl: 'https://npm.example.com' }), 'index', 'https://npm.example.com'],
  ['thv', bundleServer, 'registry', 'is installed from a file'],
  ['docker', stdioServer, 'registry', 'is not an image'],
  ['codex', sseRemote, 'transport', 'server-sent events'],
  ['vscode', bundleServer, 'registry', 'is installed from a file'],
  ['claude', packageServer({ registryType: 'cargo', identifier: 'weather' }), 'registry', 'the type "cargo"'],
  ['claude', serverJson('io.example/weather'), 'nothing', 'neither packages nor remotes'],
  [
    'claude',
    packageServer({ registryType: 'npm', identifier: 'weather', transport: { type: 'websocket' } }),
    'transport',
    '"websocket" is not known',
  ],
  ['claude', packageServer({ registryType: 'npm', identifier: 'weather', transport: { type: 'sse' } }), 'transport', 'has no URL'],
  ['claude', npmServer({ transport: { type: 'streamable-http', url: 'https://example.com/mcp' } }), 'url', 'the URL of another machine'],
])('%s does not support everything (%#)', (client, server, reason, part) => {
  const { message, remedy, ...rest } = refusalOf(client, server);
  expect(rest).toEqual({ available: false, client, reason });
  expect(message).toContain(part);
  expect(remedy).toMatch(/\.$/);
});

test.each<[string, Client, string]>([
  ['io.github.example/My.Server_2', 'claude', 'My-Server_2'],
  ['io.github.example/My.Server_2', 'gemini', 'My-Server-2'],
  ['io.github.example/My.Server_2', 'docker', 'my-server_2'],
  ['weather', 'vscode', 'weather'],
  ['a/--x--', 'codex', 'x'],
  ['a/…', 'codex', 'server'],
  ['', 'codex', 'server'],
  ['a/__proto__', 'json', 'proto'],
  [`a/${'x'.repeat(200)}`, 'claude', 'x'.repeat(64)],
])('%s is stored by %s as %s', (name, client, filed) => {
  expect(setupOf(client, remoteServer({}, name)).name).toBe(filed);
});

test('clients have names and titles', () => {
  expect(CLIENTS.map((client) => [clientOf(client), clientTitle(client)])).toEqual([
    ['vscode', 'Visual Studio Code'],
    ['claude', 'Claude Code'],
    ['claude-desktop', 'Claude Desktop'],
    ['cursor', 'Cursor'],
    ['thv', 'ToolHive (thv)'],
    ['docker', 'Docker (MCP gateway)'],
    ['codex', 'Codex'],
    ['gemini', 'Gemini CLI'],
    ['json', 'JSON (mcpServers)'],
  ]);
  expect([clientOf('emacs'), clientOf('toString')]).toEqual([undefined, undefined]);
});
