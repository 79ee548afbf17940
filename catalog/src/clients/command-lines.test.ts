import { describe, expect, test } from '@jest/globals';
import { fileText, remoteServer, secretRemote, setupOf, sseRemote, stdioServer, waysOf } from './testing.ts';

const lines = (...texts: string[]): string => texts.join('\n');

describe('Claude Code', () => {
  test('a command', () => {
    const configured = {
      command: 'npx',
      args: ['-y', '@example/weather@1.2.3', '--units', 'metric'],
      env: { API_KEY: '<API_KEY>', LEVEL: 'info' },
    };
    expect(waysOf('claude', stdioServer)).toEqual([
      "command claude mcp add --env 'API_KEY=<API_KEY>' --env LEVEL=info --transport stdio weather -- npx -y @example/weather@1.2.3 --units metric",
      `command claude mcp add-json weather '${JSON.stringify({ type: 'stdio', ...configured })}'`,
      `file .mcp.json ${fileText({ mcpServers: { weather: { type: 'stdio', ...configured } } })}`,
    ]);
  });

  test('a remote', () => {
    const configured = { type: 'http', url: 'https://example.com/mcp', headers: { Authorization: 'Bearer <token>' } };
    expect(waysOf('claude', secretRemote)).toEqual([
      "command claude mcp add --header 'Authorization: Bearer <token>' --transport http weather https://example.com/mcp",
      `command claude mcp add-json weather '${JSON.stringify(configured)}'`,
      `file .mcp.json ${fileText({ mcpServers: { weather: configured } })}`,
    ]);
  });
});

describe('Codex', () => {
  test('a command', () => {
    expect(waysOf('codex', stdioServer)).toEqual([
      "command codex mcp add --env 'API_KEY=<API_KEY>' --env LEVEL=info weather -- npx -y @example/weather@1.2.3 --units metric",
      lines(
        'file ~/.codex/config.toml [mcp_servers.weather]',
        'command = "npx"',
        'args = ["-y", "@example/weather@1.2.3", "--units", "metric"]',
        '',
        '[mcp_servers.weather.env]',
        'API_KEY = "<API_KEY>"',
        'LEVEL = "info"',
      ),
    ]);
  });

  test('a remote; the command has no option for headers', () => {
    expect(waysOf('codex', remoteServer())).toEqual([
      'command codex mcp add weather --url https://example.com/mcp',
      lines('file ~/.codex/config.toml [mcp_servers.weather]', 'url = "https://example.com/mcp"'),
    ]);
    expect(waysOf('codex', secretRemote)).toEqual([
      lines(
        'file ~/.codex/config.toml [mcp_servers.weather]',
        'url = "https://example.com/mcp"',
        '',
        '[mcp_servers.weather.http_headers]',
        'Authorization = "Bearer <token>"',
      ),
    ]);
  });
});

describe('Gemini CLI', () => {
  test('a command', () => {
    expect(waysOf('gemini', stdioServer)).toEqual([
      "command gemini mcp add --scope user --transport stdio --env 'API_KEY=<API_KEY>' --env LEVEL=info weather npx -- -y @example/weather@1.2.3 --units metric",
      `file ~/.gemini/settings.json ${fileText({
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

  test('remotes by their transport', () => {
    expect(waysOf('gemini', secretRemote)).toEqual([
      "command gemini mcp add --scope user --transport http --header 'Authorization: Bearer <token>' weather https://example.com/mcp",
      `file ~/.gemini/settings.json ${fileText({ mcpServers: { weather: { httpUrl: 'https://example.com/mcp', headers: { Authorization: 'Bearer <token>' } } } })}`,
    ]);
    expect(waysOf('gemini', sseRemote)[1]).toBe(
      `file ~/.gemini/settings.json ${fileText({ mcpServers: { weather: { url: 'https://example.com/sse' } } })}`,
    );
  });

  test('a value with a "=" is in the file only, since the command would truncate it', () => {
    const { ways, warnings } = setupOf('gemini', stdioServer, { API_KEY: 'a=b' });
    expect([ways.map(({ kind }) => kind), warnings[0]]).toEqual([
      ['file'],
      'The command "gemini mcp add" is left out: it cannot be given a variable that is empty or has a "=" in it. Use the file.',
    ]);
  });
});

test('any other client, by "mcpServers"', () => {
  expect(waysOf('json', secretRemote)).toEqual([
    `file mcp.json ${fileText({
      mcpServers: { weather: { type: 'http', url: 'https://example.com/mcp', headers: { Authorization: 'Bearer <token>' } } },
    })}`,
  ]);
});
