import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../json.ts';
import { serverJson } from '../testing.ts';
import { bundleServer, fileText, refusalOf, remoteServer, secretRemote, setupOf, sseRemote, stdioServer, waysOf } from './testing.ts';

describe('VS Code', () => {
  const input = {
    type: 'promptString',
    id: 'io.example_weather_API_KEY',
    description: 'API_KEY: Key of the weather',
    password: true,
  };
  const server = {
    type: 'stdio',
    command: 'npx',
    args: ['-y', '@example/weather@1.2.3', '--units', 'metric'],
    env: { API_KEY: '${input:io.example_weather_API_KEY}', LEVEL: 'info' },
  };
  const definition = JSON.stringify({ name: 'weather', ...server, inputs: [input] });

  test('asks for required inputs, hides secrets, and keeps defaults', () => {
    expect(waysOf('vscode', stdioServer)).toEqual([
      `link vscode:mcp/install?${encodeURIComponent(definition)}`,
      `command code --add-mcp '${definition}'`,
      `file .vscode/mcp.json ${fileText({ inputs: [input], servers: { weather: server } })}`,
    ]);
    expect(setupOf('vscode', stdioServer).warnings).toEqual([]);
  });

  test('asks for nothing that is answered', () => {
    expect(waysOf('vscode', stdioServer, { API_KEY: 'k' })[2]).toBe(
      `file .vscode/mcp.json ${fileText({ servers: { weather: { ...server, env: { API_KEY: 'k', LEVEL: 'info' } } } })}`,
    );
  });

  test('offers choices, and asks for inputs in a URL', () => {
    const choices = remoteServer({
      url: 'https://{region}.example.com/mcp',
      variables: { region: { choices: ['eu', 'us'], placeholder: 'eu' } },
    });
    expect(JSON.parse(setupOf('vscode', choices).ways[2]?.text ?? '')).toEqual({
      inputs: [{ type: 'pickString', id: 'io.example_weather_region', description: 'region: for example eu', options: ['eu', 'us'] }],
      servers: { weather: { type: 'http', url: 'https://${input:io.example_weather_region}.example.com/mcp' } },
    });
  });

  test('keeps answers apart for servers of different publishers', () => {
    const ids = ['a.com/x', 'b.com/x', 'a.com.x/x'].map(
      (name) => setupOf('vscode', remoteServer({ headers: [{ name: 'Token', isRequired: true }] }, name)).ways[2]?.text,
    );
    expect(ids.map((text) => /"id": "([^"]*)"/.exec(text ?? '')?.[1])).toEqual(['a.com_x_Token', 'b.com_x_Token', 'a.com.x_x_Token']);
  });

  test('supports server-sent events', () => {
    expect(JSON.parse(setupOf('vscode', sseRemote).ways[2]?.text ?? '')).toEqual({
      servers: { weather: { type: 'sse', url: 'https://example.com/sse' } },
    });
  });
});

describe('Cursor', () => {
  test.each<[string, JsonObject, JsonObject]>([
    [
      'a command',
      stdioServer,
      { command: 'npx', args: ['-y', '@example/weather@1.2.3', '--units', 'metric'], env: { API_KEY: '<API_KEY>', LEVEL: 'info' } },
    ],
    ['a remote', secretRemote, { url: 'https://example.com/mcp', headers: { Authorization: 'Bearer <token>' } }],
  ])('%s', (_, server, configured) => {
    const config = encodeURIComponent(Buffer.from(JSON.stringify(configured)).toString('base64'));
    expect(waysOf('cursor', server)).toEqual([
      `link cursor://anysphere.cursor-deeplink/mcp/install?name=weather&config=${config}`,
      `file .cursor/mcp.json ${fileText({ mcpServers: { weather: configured } })}`,
    ]);
  });
});

describe('Claude Desktop', () => {
  test('a command', () => {
    expect(waysOf('claude-desktop', stdioServer)).toEqual([
      `file claude_desktop_config.json ${fileText({
        mcpServers: {
          weather: {
            command: 'npx',
            args: ['-y', '@example/weather@1.2.3', '--units', 'metric'],
            env: { API_KEY: '<API_KEY>', LEVEL: 'info' },
          },
        },
      })}`,
    ]);
  });

  test('a bundle, with its hash', () => {
    expect(setupOf('claude-desktop', bundleServer).ways).toEqual([
      {
        kind: 'link',
        about: `Download the bundle and open it with Claude Desktop, which asks what it needs. Its SHA-256 must be ${'0'.repeat(64)}.`,
        text: 'https://example.com/x.mcpb',
      },
    ]);
  });

  test('no remote, with an alternative', () => {
    expect(refusalOf('claude-desktop', secretRemote)).toEqual({
      available: false,
      client: 'claude-desktop',
      reason: 'transport',
      message:
        'The remote https://example.com/mcp is reached at a URL, and the configuration of Claude Desktop accepts only local servers that speak stdio.',
      remedy: 'Add its URL as a custom connector, under Settings, Connectors. Headers cannot be given there.',
    });
  });

  test('the package of an entry with both', () => {
    const both = serverJson('io.example/weather', { remotes: remoteServer()['remotes'] ?? [], packages: stdioServer['packages'] ?? [] });
    expect(setupOf('claude-desktop', both)).toMatchObject({ target: 'packages/0', targets: [{ id: 'packages/0' }] });
    expect(setupOf('json', both)).toMatchObject({ target: 'remotes/0', targets: [{ id: 'remotes/0' }, { id: 'packages/0' }] });
  });
});
