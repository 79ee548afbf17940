/**
 * Requests every documented endpoint of a registry, at the base URL of the argument, and prints each unexpected answer. The catalog is that of
 * registry.yaml: com.example/weather in two versions and com.example/maps, and MCPServer `forecast` in the namespace of the second argument.
 */
const [base = '', namespace = ''] = process.argv.slice(2);

/** The expected answer of an endpoint: the status, the media type, and for a JSON body the values at these paths, for others words in it. */
interface Expected {
  readonly status: number;
  readonly type: string;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly words?: readonly string[];
}

const JSON_TYPE = 'application/json';
const OFFICIAL = 'io.modelcontextprotocol.registry/official';
const weather = encodeURIComponent('com.example/weather');

const endpoints: readonly (readonly [request: string, expected: Expected])[] = [
  ['GET /health', { status: 200, type: JSON_TYPE, values: { status: 'healthy' } }],
  ['GET /readiness', { status: 200, type: JSON_TYPE, values: { status: 'ready' } }],
  ['GET /openapi.yaml', { status: 200, type: 'application/yaml', words: ['openapi: 3.1', '/v0.1/servers:', '/api/v1/registry/servers/deployed:'] }],
  ['GET /api/v1/registry/info', { status: 200, type: JSON_TYPE, values: { name: 'team', display_name: 'The team', total_servers: 2 } }],
  ['GET /api/v1/registry/servers', { status: 200, type: JSON_TYPE, values: { total: 2, 'servers.0.name': 'maps', 'servers.1.full_name': 'com.example/weather' } }],
  ['GET /api/v1/registry/servers?format=toolhive', { status: 200, type: JSON_TYPE, values: { total: 2, 'servers.1.name': 'weather' } }],
  ['GET /api/v1/registry/servers?format=upstream', { status: 200, type: JSON_TYPE, values: { 'servers.1.server.name': 'com.example/weather' } }],
  ['GET /api/v1/registry/servers?format=none', { status: 400, type: JSON_TYPE }],
  [`GET /api/v1/registry/servers/${weather}`, { status: 200, type: JSON_TYPE, values: { name: 'com.example/weather', image: 'ghcr.io/example/weather:2.0.0' } }],
  [`GET /api/v1/registry/servers/${weather}?format=upstream`, { status: 200, type: JSON_TYPE, values: { 'server.version': '2.0.0' } }],
  ['GET /api/v1/registry/servers/none', { status: 404, type: JSON_TYPE }],
  ['GET /api/v1/registry/servers/deployed', { status: 200, type: JSON_TYPE, values: { length: 1, '0.name': 'forecast', '0.namespace': namespace } }],
  [`GET /api/v1/registry/servers/deployed/${weather}`, { status: 200, type: JSON_TYPE, values: { length: 1, '0.name': 'forecast' } }],
  ['GET /v0.1/servers', { status: 200, type: JSON_TYPE, values: { 'metadata.count': 3, 'servers.0.server.name': 'com.example/maps' } }],
  ['GET /v0.1/servers?version=latest&search=weather', { status: 200, type: JSON_TYPE, values: { 'metadata.count': 1, 'servers.0.server.version': '2.0.0' } }],
  ['GET /v0.1/servers?limit=1', { status: 200, type: JSON_TYPE, values: { 'servers.length': 1 } }],
  [`GET /v0.1/servers/${weather}/versions`, { status: 200, type: JSON_TYPE, values: { 'metadata.count': 2 } }],
  [`GET /v0.1/servers/${weather}/versions/latest`, { status: 200, type: JSON_TYPE, values: { 'server.version': '2.0.0', [`_meta|${OFFICIAL}|isLatest`]: true } }],
  [`GET /v0.1/servers/${weather}/versions/1.0.0`, { status: 200, type: JSON_TYPE, values: { [`_meta|${OFFICIAL}|isLatest`]: false } }],
  [`GET /v0.1/servers/${weather}/versions/9`, { status: 404, type: JSON_TYPE }],
  ['GET /registry/team/v0.1/servers', { status: 200, type: JSON_TYPE, values: { 'metadata.count': 3 } }],
  ['GET /registry/other/v0.1/servers', { status: 404, type: JSON_TYPE }],
  ['GET /registry/status', { status: 200, type: JSON_TYPE, values: { ready: true, serverCount: 2, deployedServerCount: 1 } }],
  ['GET /registry.json', { status: 200, type: JSON_TYPE }],
  ['GET /', { status: 200, type: JSON_TYPE, values: { registry: 'team', displayName: 'The team' } }],
  ['POST /v0.1/publish', { status: 501, type: JSON_TYPE }],
  // On the public port one can neither request a sync nor read the metrics.
  ['POST /registry/sync', { status: 404, type: JSON_TYPE }],
  ['GET /metrics', { status: 404, type: JSON_TYPE }],
  ['DELETE /v0.1/servers', { status: 405, type: JSON_TYPE }],
];

/** The value at a path of keys, with dots between them, or bars where keys have dots. */
function valueAt(body: unknown, path: string): unknown {
  const keys = path.split(path.includes('|') ? '|' : '.');
  return keys.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], body);
}

async function faults(request: string, { status, type, values = {}, words = [] }: Expected): Promise<string[]> {
  const [method = '', path = ''] = request.split(' ');
  const answer = await fetch(`${base}${path}`, { method, signal: AbortSignal.timeout(5_000) });
  const text = await answer.text();
  const found = [
    ...(answer.status === status ? [] : [`status ${answer.status} in place of ${status}`]),
    ...(answer.headers.get('content-type')?.startsWith(type) === true ? [] : [`type ${answer.headers.get('content-type')} in place of ${type}`]),
    ...words.filter((word) => !text.includes(word)).map((word) => `no ${word}`),
  ];
  if (Object.keys(values).length > 0) {
    const body: unknown = JSON.parse(text);
    for (const [at, expected] of Object.entries(values)) {
      const value = valueAt(body, at);
      if (value !== expected) found.push(`${at} is ${JSON.stringify(value)} in place of ${JSON.stringify(expected)}`);
    }
  }
  return found.length === 0 ? [] : [`${request}: ${found.join('; ')}: ${text.slice(0, 300)}`];
}

const all = (await Promise.all(endpoints.map(async ([request, expected]) => faults(request, expected)))).flat();
console.log(all.length === 0 ? `${endpoints.length} endpoints answer as they should` : all.join('\n'));
process.exitCode = all.length === 0 ? 0 : 1;
