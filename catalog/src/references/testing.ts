/** For tests: how references are compared. The admission policies are held against the same tables. */

const DIGEST = `sha256:${'0'.repeat(64)}`;

/** An image as somebody writes it, and as it is compared. */
export const imageCases: readonly [reference: string, normal: string][] = [
  ['nginx', 'docker.io/library/nginx:latest'],
  ['nginx:1.27', 'docker.io/library/nginx:1.27'],
  ['library/nginx', 'docker.io/library/nginx:latest'],
  ['docker.io/nginx', 'docker.io/library/nginx:latest'],
  ['index.docker.io/nginx', 'docker.io/library/nginx:latest'],
  ['index.docker.io/mcp/time:1', 'docker.io/mcp/time:1'],
  ['mcp/time', 'docker.io/mcp/time:latest'],
  ['ghcr.io/github/github-mcp-server:0.1', 'ghcr.io/github/github-mcp-server:0.1'],
  ['GHCR.io/github/x', 'ghcr.io/github/x:latest'],
  ['localhost/x', 'localhost/x:latest'],
  ['localhost:5000/x', 'localhost:5000/x:latest'],
  ['localhost:5000/x:1', 'localhost:5000/x:1'],
  ['registry.example.com:443/a/b/c', 'registry.example.com:443/a/b/c:latest'],
  [`nginx@${DIGEST}`, `docker.io/library/nginx@${DIGEST}`],
  [`ghcr.io/a/b:1.0@${DIGEST}`, `ghcr.io/a/b@${DIGEST}`],
  [`localhost:5000/x@${DIGEST}`, `localhost:5000/x@${DIGEST}`],
  ['a_b/c__d-e.f:V1_x-y.z', 'docker.io/a_b/c__d-e.f:V1_x-y.z'],
];

/** A URL as somebody writes it, and as it is compared; undefined: it cannot be. */
export const urlCases: readonly [url: string, normal: string | undefined][] = [
  ['https://example.com', 'https://example.com'],
  ['https://example.com/', 'https://example.com'],
  ['HTTPS://Example.COM:443/Mcp/?a=b#c', 'https://example.com/Mcp'],
  ['http://example.com:80/mcp', 'http://example.com/mcp'],
  ['http://example.com:443/mcp', 'http://example.com:443/mcp'],
  ['https://example.com:8443/mcp#x', 'https://example.com:8443/mcp'],
  ['https://example.com?x=https://evil.com/', 'https://example.com'],
  ['https://[::1]:8080/mcp', 'https://[::1]:8080/mcp'],
  ['https://example.com/a%2Fb/~c', 'https://example.com/a%2Fb/~c'],
  ['https://user:pass@example.com/mcp', undefined],
  ['https://example.com@evil.com/mcp', undefined],
  [String.raw`https://example.com\@evil.com/mcp`, undefined],
  ['https://example.com/a/../b', undefined],
  ['https://example.com/a/%2e%2E/b', undefined],
  ['https://example.com/./b', undefined],
  ['https://example.com/a b', undefined],
  ['https://example.com/a\nb', undefined],
  ['https:example.com', undefined],
  ['ftp://example.com', undefined],
  ['https://', undefined],
  ['', undefined],
];

/** A command, and the package that it runs as it is compared; undefined: something that is no package of an index. */
export const commandCases: readonly [program: string, args: string[], normal: string | undefined][] = [
  ['npx', ['-y', '@modelcontextprotocol/server-everything'], 'npm @modelcontextprotocol/server-everything'],
  ['npx', ['@a/b@1.2.3', '--port', '1'], 'npm @a/b'],
  ['npx', ['--yes', '-q', 'server@latest'], 'npm server'],
  ['npx', ['-y'], undefined],
  ['npx', [], undefined],
  ['npx', ['--package', 'evil', 'server'], undefined],
  ['npx', ['--registry=https://evil.com', 'server'], undefined],
  ['npx', ['github:a/b'], undefined],
  ['npx', ['a/b'], undefined],
  ['npx', ['./server'], undefined],
  ['npx', ['server@npm:evil'], undefined],
  ['npx', ['server@https://evil.com/x.tgz'], undefined],
  ['npx', ['server\nevil'], undefined],
  ['uvx', ['mcp-server-time'], 'pypi mcp-server-time'],
  ['uvx', ['MCP_server.time[all]==1.0', '--x'], 'pypi mcp-server-time'],
  ['uvx', ['mcp--server__time@latest'], 'pypi mcp-server-time'],
  ['uvx', ['--from', 'evil', 'mcp-server-time'], undefined],
  ['uvx', ['git+https://evil.com/x'], undefined],
  ['node', ['server.js'], undefined],
];
