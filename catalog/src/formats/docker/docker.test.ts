import { describe, expect, test } from '@jest/globals';
import { CORE_SCHEMA, load, mergeTag, YAML11_SCHEMA } from 'js-yaml';
import { writeCatalog } from '../../files/write.ts';
import { asText, at, own, type Json, type JsonObject } from '../../json.ts';
import { draft, json, serverJson, snapshotOf, testdata } from '../../testing.ts';
import { readCatalog } from '../read.ts';

/** The text of the catalog for Docker that is written of a file. */
function written(bytes: Uint8Array): string {
  return Buffer.concat([...writeCatalog(snapshotOf([draft('s', bytes)]), 'docker')].flatMap((piece) => piece ?? [])).toString();
}

function catalogOf(bytes: Uint8Array): Json {
  return load(written(bytes)) as Json;
}

/** What of real catalogs the three small ones do not have. */
const ODD = `version: 3
name: docker-mcp
displayName: Docker MCP Catalog
registry:
  atlassian:
    title: Atlassian
    description: Confluence and Jira
    type: server
    dateAdded: "2025-05-05T20:08:35Z"
    image: mcp/atlassian
    readme: https://example.com/atlassian.md
    source: https://github.com/example/atlassian/tree/v0.11.2
    upstream: https://github.com/example/atlassian
    icon: https://example.com/atlassian.png
    tools:
      - name: jira_search
        description: Search issues
        annotations: {readOnlyHint: true}
      - name: jira_get_issue
    secrets:
      - {name: atlassian.jira.api_token, env: JIRA_API_TOKEN, example: your_api_token}
    env:
      - {name: JIRA_URL, value: '{{atlassian.jira.url}}'}
      - {name: LEVEL, value: debug}
    config:
      - name: atlassian
        description: Where they are
        type: object
        properties:
          jira:
            type: object
            properties:
              url: {type: string, description: Where Jira is, default: https://jira.example.com}
            required: [url]
    prompts: 0
    resources: {}
    metadata: {githubStars: 3004, category: Productivity, tags: [jira, atlassian], license: MIT License, owner: example}
  git:
    title: Git
    description: Git
    type: server
    image: mcp/git@sha256:0011
    command: [--root=/x, '{{git.mode}}']
    volumes: ['{{git.paths|volume|into}}', 'cache:/cache']
    user: "1000"
    disableNetwork: true
    allowHosts: [example.com:443, example.org:8443]
    longLived: true
  remote:
    title: Remote
    description: Remote
    type: remote
    remote:
      url: https://mcp.example.com/mcp
      transport_type: streamable-http
      headers: {Authorization: 'Bearer \${TOKEN}', X-A: b}
    secrets:
      - {name: remote.token, env: TOKEN}
    oauth: {providers: [{provider: example, secret: example.token, env: TOKEN}]}
    tools: null
  old:
    title: Old
    type: server
    sseEndpoint: https://mcp.example.com/sse
  functions:
    title: Functions
    description: Tools that are containers
    type: poci
    tools:
      - name: curl
        description: Fetch
        parameters: {type: object, properties: {url: {type: string}}, required: [url]}
        container: {image: curlimages/curl, command: ['{{url}}']}
`;

describe('reading', () => {
  test.each<[string, JsonObject]>([
    [
      'atlassian',
      {
        title: 'Atlassian',
        repository: { url: 'https://github.com/example/atlassian', source: 'github' },
        icons: [{ src: 'https://example.com/atlassian.png' }],
        packages: [
          {
            registryType: 'oci',
            identifier: 'mcp/atlassian',
            transport: { type: 'stdio' },
            environmentVariables: [
              { name: 'JIRA_API_TOKEN', isSecret: true, placeholder: 'your_api_token' },
              {
                name: 'JIRA_URL',
                value: '{jira.url}',
                variables: { 'jira.url': { description: 'Where Jira is', isRequired: true, default: 'https://jira.example.com' } },
              },
              { name: 'LEVEL', value: 'debug' },
            ],
          },
        ],
      },
    ],
    [
      'git',
      {
        packages: [
          {
            registryType: 'oci',
            identifier: 'mcp/git@sha256:0011',
            transport: { type: 'stdio' },
            runtimeArguments: [
              { type: 'named', name: '-v', value: '{paths}', variables: { paths: {} } },
              { type: 'named', name: '-v', value: 'cache:/cache' },
              { type: 'named', name: '-u', value: '1000' },
              { type: 'named', name: '--network', value: 'none' },
            ],
            packageArguments: [
              { type: 'positional', value: '--root=/x' },
              { type: 'positional', value: '{mode}', variables: { mode: {} } },
            ],
          },
        ],
      },
    ],
    [
      'remote',
      {
        remotes: [
          {
            type: 'streamable-http',
            url: 'https://mcp.example.com/mcp',
            headers: [
              {
                name: 'Authorization',
                value: 'Bearer {TOKEN}',
                isSecret: true,
                variables: { TOKEN: { isRequired: true, isSecret: true } },
              },
              { name: 'X-A', value: 'b' },
            ],
          },
        ],
      },
    ],
    ['old', { description: 'Old', remotes: [{ type: 'sse', url: 'https://mcp.example.com/sse' }] }],
    ['functions', { title: 'Functions' }],
  ])('%s', (key, fields) => {
    const found = readCatalog(Buffer.from(ODD), 'auto').entries.find(({ alias }) => alias === key);
    expect(found).toMatchObject({ name: `com.docker.mcp/${key}`, version: '1.0.0', server: fields });
  });

  test('tools, tags, allowed hosts and counts are where ToolHive has them', () => {
    const byKey = new Map(readCatalog(Buffer.from(ODD), 'auto').entries.map(({ alias, server }) => [alias, server]));
    const extension = (key: string, subject: string): Json | undefined =>
      at(byKey.get(key), '_meta', 'io.modelcontextprotocol.registry/publisher-provided', 'io.github.stacklok', subject);
    expect(extension('atlassian', 'mcp/atlassian')).toEqual({
      tools: ['jira_search', 'jira_get_issue'],
      tool_definitions: [{ name: 'jira_search', description: 'Search issues' }, { name: 'jira_get_issue' }],
      tags: ['jira', 'atlassian', 'productivity'],
      metadata: { stars: 3004 },
    });
    expect(extension('git', 'mcp/git@sha256:0011')).toEqual({
      permissions: { network: { outbound: { allow_host: ['example.com', 'example.org'], allow_port: [443, 8443] } } },
    });
  });

  test('one server in its own file', () => {
    const server = 'name: my-mcp\ntitle: My MCP\ntype: server\nimage: myimage:latest\ndescription: Runs my code\n';
    expect(readCatalog(Buffer.from(server), 'auto').entries.map(({ name }) => name)).toEqual(['com.docker.mcp/my-mcp']);
  });

  test.each<[string, string, string]>([
    ['a server that is a text', 'registry:\n  a: b\n', 'a server must be an object'],
    ['a server without anything to run', 'registry:\n  a: {title: A, image: 5}\n', 'neither "image" nor "remote.url" is a text'],
    ['a list that is none', 'registry:\n  a: {title: A, image: a, env: 5}\n', '"env" must be a list'],
    ['a part that is not read', 'policy: {allow: []}\nregistry: {}\n', 'not read'],
  ])('%s is reported', (_, text, message) => {
    expect(readCatalog(Buffer.from(text), 'auto').findings.kept).toEqual([
      expect.objectContaining({ message: expect.stringContaining(message) }),
    ]);
  });
});

describe('writing', () => {
  test.each([
    ['an image with configuration', testdata('docker/custom.yaml')],
    ['a pinned image', testdata('docker/legacy.yaml')],
    ['a remote', testdata('docker/remote.yaml')],
    ['much that is odd', Buffer.from(ODD)],
  ])('%s comes back word for word', (_, bytes) => {
    expect(at(catalogOf(bytes), 'registry')).toEqual(at(load(bytes.toString()) as Json, 'registry'));
  });

  const oci = (fields: JsonObject): JsonObject => ({
    packages: [{ registryType: 'oci', identifier: 'example.com/a:1', transport: { type: 'stdio' }, ...fields }],
  });
  test.each<[string, JsonObject, JsonObject]>([
    ['an image', oci({}), { type: 'server', title: 'abc', image: 'example.com/a:1' }],
    [
      'an image with its registry and version apart',
      oci({ registryBaseUrl: 'https://ghcr.io', identifier: 'x/y', version: '2' }),
      { image: 'ghcr.io/x/y:2' },
    ],
    [
      'a secret',
      oci({ environmentVariables: [{ name: 'API_KEY', isSecret: true, description: 'The key' }] }),
      { secrets: [{ name: 'abc.api_key', env: 'API_KEY', description: 'The key' }] },
    ],
    [
      'a variable that is asked for',
      oci({ environmentVariables: [{ name: 'URL', isRequired: true, description: 'Where' }] }),
      {
        env: [{ name: 'URL', value: '{{abc.URL}}' }],
        config: [
          {
            name: 'abc',
            type: 'object',
            description: 'Settings of abc',
            properties: { URL: { type: 'string', description: 'Where' } },
            required: ['URL'],
          },
        ],
      },
    ],
    [
      'a variable within a value',
      oci({ environmentVariables: [{ name: 'URL', value: 'https://{host}/', variables: { host: { default: 'x' } } }] }),
      { env: [{ name: 'URL', value: 'https://{{abc.host}}/' }] },
    ],
    ['a variable with a default', oci({ environmentVariables: [{ name: 'L', default: '3' }] }), { env: [{ name: 'L', value: '3' }] }],
    [
      'arguments',
      oci({
        packageArguments: [
          { type: 'named', name: '--a', value: 'b' },
          { type: 'named', name: '-c', value: 'd' },
          { type: 'positional', value: 'e' },
        ],
        runtimeArguments: [
          { type: 'named', name: '-v', value: 'x:/x' },
          { type: 'named', name: '--network', value: 'none' },
        ],
      }),
      { command: ['--a=b', '-c', 'd', 'e'], volumes: ['x:/x'], disableNetwork: true },
    ],
    [
      'a remote with a secret header',
      { remotes: [{ type: 'sse', url: 'https://example.com/sse', headers: [{ name: 'X-Api-Key', isSecret: true }] }] },
      {
        type: 'remote',
        remote: { url: 'https://example.com/sse', transport_type: 'sse', headers: { 'X-Api-Key': '${X_API_KEY}' } },
        secrets: [{ name: 'abc.x_api_key', env: 'X_API_KEY' }],
      },
    ],
    [
      'an image that speaks HTTP, with a remote',
      {
        ...oci({ transport: { type: 'streamable-http', url: 'http://localhost:8080' } }),
        remotes: [{ type: 'sse', url: 'https://example.com/' }],
      },
      { type: 'remote', remote: { url: 'https://example.com/', transport_type: 'sse' } },
    ],
  ])('%s', (_, fields, wanted) => {
    const file = catalogOf(json([serverJson('com.example/abc', fields)]));
    expect(at(file, 'registry')).toEqual({ abc: expect.objectContaining(wanted) });
  });

  test('numbers are passed on unchanged, and become texts where texts are expected', () => {
    const text =
      'registry:\n  abc:\n    title: A\n    description: d\n    image: a\n    command: [-v, 1.10, 1e3, true]\n    user: 1000\n    x: [1.10, 9007199254740993]\n';
    const [entry] = readCatalog(Buffer.from(text), 'auto').entries;
    expect(at(entry?.server, 'packages')).toMatchObject([
      {
        runtimeArguments: [{ name: '-u', value: '1000' }],
        packageArguments: [{ value: '-v' }, { value: '1.10' }, { value: '1e3' }, { value: 'true' }],
      },
    ]);
    expect(written(Buffer.from(text))).toMatch(/x:\n +- 1\.10\n +- 9007199254740993\n/);
  });

  test.each<[string, JsonObject]>([
    ['a key that would be merged', { '<<': { title: 'A', image: 'x' } }],
    ['a merge within a server', { abc: { title: 'A', image: 'x', odd: { '<<': 'y' } } }],
    [
      'texts that YAML 1.1 takes for something else',
      { abc: { title: '<<', image: 'x', odd: ['yes', 'on', '=', '0o7', '1_000', '2020-01-01', '12:30'] } },
    ],
    ['half a character', { abc: { title: 'A', description: '\ud800', image: 'x' } }],
    ['line ends of other kinds', { abc: { title: 'A', description: 'a\u2028b\u0085c\r\nd', image: 'x' } }],
    ['the mark of a number', { abc: { title: '\u0000number:1', description: '\u0000number:x', image: 'x' } }],
  ])('every YAML reader reads it alike: %s', (_, registry) => {
    const text = written(
      json({
        registry: Object.fromEntries(Object.entries(registry).map(([key, value]) => [key, { description: 'd', ...(value as object) }])),
      }),
    );
    const [core, old] = [load(text, { schema: CORE_SCHEMA }), load(text, { schema: YAML11_SCHEMA.withTags(mergeTag) })];
    expect(core).toEqual(old);
    expect(text).not.toMatch(/<<:|: <<|\\uD800/);
  });

  test('a server with a very long text is left out and named', () => {
    const text = written(
      json([serverJson('com.example/long', { ...oci({}), description: 'd'.repeat(2 ** 21) }), serverJson('com.example/xyz', oci({}))]),
    );
    expect(text).toMatch(/^# Not here, since they have a text of over 256 KiB: com\.example\/long$/m);
    expect(at(load(text) as Json, 'registry')).toEqual({ xyz: expect.anything() });
  });

  test('names unsupported servers', () => {
    const npm = { packages: [{ registryType: 'npm', identifier: '@example/a', transport: { type: 'stdio' } }] };
    expect(written(json([serverJson('com.example/abc', npm), serverJson('com.example/xyz', oci({}))]))).toMatch(
      /^# Not here, .*: com\.example\/abc$/m,
    );
  });

  test('a catalog without supported servers is empty', () => {
    expect(catalogOf(json([]))).toEqual({ version: 3, name: 'test', displayName: 'test', registry: {} });
  });

  test('both forms can be read', () => {
    const text = written(testdata('toolhive-legacy-2025-10-22.json'));
    const { entries, findings } = readCatalog(Buffer.from(text), 'auto');
    const legacy = JSON.parse(testdata('toolhive-legacy-2025-10-22.json').toString()) as Record<string, Record<string, JsonObject>>;
    const images = Object.values(legacy['servers'] ?? {}).filter((one) => own(one, 'transport') === 'stdio');
    expect(entries.map(({ alias }) => alias)).toEqual(
      expect.arrayContaining(Object.keys(legacy['servers'] ?? {}).filter((key) => images.includes(legacy['servers']?.[key] ?? {}))),
    );
    expect(findings.kept.filter(({ served }) => !served)).toEqual([]);
    const github = entries.find(({ alias }) => alias === 'github');
    expect(at(github?.server, 'title')).toBe(asText(own(legacy['servers']?.['github'] ?? {}, 'title')) ?? 'github');
  });
});
