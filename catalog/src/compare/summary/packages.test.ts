import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../json.ts';
import { between, npm, oci, mcpb, toolhive, NPM } from './testing.ts';

const { version: _version, ...withoutVersion } = NPM;
const UNPINNED: JsonObject = { packages: [withoutVersion] };

describe('packages', () => {
  test.each<[string, JsonObject, JsonObject, string[]]>([
    ['new one', {}, npm({}), ['security: new package: npm x = 1.0.0']],
    ['one more', npm({}), { packages: [{ registryType: 'pypi', identifier: 'y' }, NPM] }, ['security: new package: pypi y']],
    [
      'new one with all there is',
      {},
      npm({
        registryBaseUrl: 'https://npm.example',
        environmentVariables: [{ name: 'A', isSecret: true }],
        packageArguments: [{ type: 'positional', value: 'serve' }],
      }),
      [
        'security: new package: npm x = 1.0.0',
        'security: package registry added: npm x = https://npm.example',
        'security: new environment variable: A (secret)',
        'security: new command argument: serve',
      ],
    ],
    ['one that is gone', npm({ environmentVariables: [{ name: 'A' }] }), {}, ['behavior: package removed: npm x']],
    ['version removed', npm({ version: '1' }), UNPINNED, ['security: package is no longer pinned to a version: npm x (was 1)']],
    [
      'latest',
      npm({ version: '1' }),
      npm({ version: 'latest' }),
      ['security: package is no longer pinned to a version: npm x (1 → latest)'],
    ],
    [
      'range',
      npm({ version: 'v1.2.3' }),
      npm({ version: '^1.2.3' }),
      ['security: package is no longer pinned to a version: npm x (v1.2.3 → ^1.2.3)'],
    ],
    [
      'any of a range',
      npm({ version: '1.2.3' }),
      npm({ version: '1.x' }),
      ['security: package is no longer pinned to a version: npm x (1.2.3 → 1.x)'],
    ],
    ['version where there was none', UNPINNED, npm({ version: '1' }), ['behavior: package version added: npm x = 1']],
    ['version', npm({ version: '1' }), npm({ version: '2' }), ['behavior: package version changed: npm x (1 → 2)']],
    [
      'registry',
      npm({ registryBaseUrl: 'https://a' }),
      npm({ registryBaseUrl: 'https://b' }),
      ['security: package registry changed: npm x (https://a → https://b)'],
    ],
    [
      'registry in words of summer 2025',
      npm({ registry_base_url: 'https://a' }),
      npm({ registry_base_url: 'https://b' }),
      ['security: package registry changed: npm x (https://a → https://b)'],
    ],
    ['another package', npm({}), npm({ identifier: 'y' }), ['security: package comes from another place: x → y']],
    ['image', oci('ghcr.io/a/b:1'), oci('ghcr.io/a/b:2'), ['behavior: image changed: ghcr.io/a/b:1 → ghcr.io/a/b:2']],
    [
      'image of another owner',
      oci('ghcr.io/a/b:1'),
      oci('ghcr.io/c/b:1'),
      ['security: image comes from another repository: ghcr.io/a/b:1 → ghcr.io/c/b:1'],
    ],
    [
      'image of another registry',
      oci('a/b:1'),
      oci('evil.example/a/b:1'),
      ['security: image comes from another repository: a/b:1 → evil.example/a/b:1'],
    ],
    [
      'image under another name of the same registry',
      oci('a/b:1'),
      oci('docker.io/a/b:1'),
      ['behavior: image changed: a/b:1 → docker.io/a/b:1'],
    ],
    ['image without its tag', oci('a/b:1'), oci('a/b'), ['security: image is no longer pinned to a version: a/b:1 → a/b']],
    ['latest image', oci('a/b:1'), oci('a/b:latest'), ['security: image is no longer pinned to a version: a/b:1 → a/b:latest']],
    ['image by its digest', oci('a/b:1'), oci('a/b@sha256:ab'), ['behavior: image changed: a/b:1 → a/b@sha256:ab']],
    [
      'image without its digest',
      oci('a/b:1@sha256:ab'),
      oci('a/b:1'),
      ['security: image is no longer pinned by its digest: a/b:1@sha256:ab → a/b:1'],
    ],
    [
      'download',
      mcpb('https://github.com/a/b/releases/v1/x'),
      mcpb('https://github.com/a/b/releases/v2/x'),
      ['behavior: package changed: https://github.com/a/b/releases/v1/x → https://github.com/a/b/releases/v2/x'],
    ],
    [
      'download from elsewhere',
      mcpb('https://github.com/a/b/x'),
      mcpb('https://github.com/c/b/x'),
      ['security: package comes from another place: https://github.com/a/b/x → https://github.com/c/b/x'],
    ],
    [
      'file of a release',
      mcpb('https://github.com/a/b/1', { fileSha256: 'a' }),
      mcpb('https://github.com/a/b/2', { fileSha256: 'b' }),
      [
        'behavior: package changed: https://github.com/a/b/1 → https://github.com/a/b/2',
        'behavior: SHA-256 of package changed: mcpb https://github.com/a/b/2 (a → b)',
      ],
    ],
    [
      'another file under the same name',
      mcpb('https://github.com/a/b/1', { fileSha256: 'a' }),
      mcpb('https://github.com/a/b/1', { fileSha256: 'b' }),
      ['security: SHA-256 of package changed: mcpb https://github.com/a/b/1 (a → b)'],
    ],
    ['file that is not checked any more', npm({ fileSha256: 'a' }), npm({}), ['security: SHA-256 of package removed: npm x (was a)']],
    [
      'transport',
      npm({}),
      npm({ transport: { type: 'sse', url: 'http://localhost:1' } }),
      ['behavior: transport changed: npm x (stdio → sse)', 'behavior: transport URL added: http://localhost:1'],
    ],
    [
      'transport of an image',
      oci('a/b', { transport: { type: 'sse', url: 'http://localhost:1/a' } }),
      oci('a/b', { transport: { type: 'sse', url: 'http://localhost:1/b' } }),
      ['behavior: transport URL changed: http://localhost:1/a → http://localhost:1/b'],
    ],
    [
      'order',
      { packages: [NPM, { registryType: 'pypi', identifier: 'y' }] },
      { packages: [{ registryType: 'pypi', identifier: 'y' }, NPM] },
      ['behavior: order of packages changed'],
    ],
    ['list that is emptied', npm({}), { packages: [] }, ['behavior: package removed: npm x']],
    ['empty list', {}, { packages: [] }, ['behavior: field added: packages = []']],
    [
      'something else in its place',
      npm({}),
      { packages: 'none' },
      [
        'behavior: field changed: packages ([{"registryType":"npm","identifier":"x","version":"1.0.0","transport":{"type":"stdio"}}] → none)',
      ],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(between(before, after)).toEqual(expected);
  });
});

describe('arguments', () => {
  test.each<[string, JsonObject, JsonObject, string[]]>([
    [
      'new ones',
      npm({}),
      npm({
        packageArguments: [
          { type: 'named', name: '--allow', value: '*' },
          { type: 'positional', valueHint: 'dir' },
        ],
      }),
      ['security: new command arguments: --allow = *, dir'],
    ],
    [
      'one that is gone',
      npm({ packageArguments: [{ name: '--read-only' }, { name: '-v' }] }),
      npm({ packageArguments: [{ name: '-v' }] }),
      ['security: command argument removed: --read-only'],
    ],
    [
      'all are gone',
      npm({ runtimeArguments: [{ name: '--network', value: 'none' }] }),
      npm({}),
      ['security: runtime argument removed: --network = none'],
    ],
    [
      'value',
      npm({ runtimeArguments: [{ name: '--network', value: 'none' }] }),
      npm({ runtimeArguments: [{ name: '--network', value: 'host' }] }),
      ['security: value of runtime argument changed: --network (none → host)'],
    ],
    [
      'order',
      npm({ packageArguments: [{ name: '-a' }, { name: '-b' }] }),
      npm({ packageArguments: [{ name: '-b' }, { name: '-a' }] }),
      ['behavior: order of command arguments changed'],
    ],
    [
      'description',
      npm({ packageArguments: [{ name: '-a' }] }),
      npm({ packageArguments: [{ name: '-a', description: 'x' }] }),
      ['text: description of command argument added: -a = x'],
    ],
    ["ToolHive's", toolhive({ args: ['serve'] }), toolhive({ args: ['serve', '--yolo'] }), ['security: new command argument: --yolo']],
    ["ToolHive's, for the first time", toolhive({}), toolhive({ args: ['a', 'b'] }), ['security: new command arguments: a, b']],
  ])('%s', (_, before, after, expected) => {
    expect(between(before, after)).toEqual(expected);
  });
});
