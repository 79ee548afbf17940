import { describe, expect, test } from '@jest/globals';
import { imageServer, packageServer } from '../clients/testing.ts';
import { at, type JsonObject } from '../json.ts';
import { inputs, listens, made, metadata } from './testing.ts';

describe('SIG Apps', () => {
  const kind = 'sig-apps';

  test('an image that listens, its secrets in one Secret', () => {
    expect(made(imageServer({ ...listens, ...inputs }), { kind })).toMatchObject({
      manifests: [
        {
          apiVersion: 'mcp.x-k8s.io/v1alpha1',
          kind: 'MCPServer',
          metadata: metadata(),
          spec: {
            source: { type: 'ContainerImage', containerImage: { ref: 'ghcr.io/example/weather:1.2.3' } },
            config: {
              port: 8000,
              path: '/mcp',
              arguments: ['--units', 'metric'],
              env: [
                { name: 'REGION', value: '<REGION>' },
                { name: 'LEVEL', value: 'info' },
                { name: 'API_KEY', valueFrom: { secretKeyRef: { name: 'weather', key: 'API_KEY' } } },
                { name: 'DSN', valueFrom: { secretKeyRef: { name: 'weather', key: 'DSN' } } },
              ],
            },
          },
        },
      ],
      preparations: [
        { text: "kubectl create secret generic weather '--from-literal=API_KEY=<API_KEY>' '--from-literal=DSN=db://<user>:<password>@db'" },
      ],
    });
  });

  test.each<[string, JsonObject, JsonObject]>([
    ['no path', { type: 'streamable-http', url: 'http://localhost:8000' }, { port: 8000 }],
    ['no path, and events', { type: 'sse', url: 'http://localhost:8000/' }, { port: 8000, path: '/sse' }],
    ['a query', { type: 'streamable-http', url: 'http://localhost:8000/a/b?c#d' }, { port: 8000, path: '/a/b' }],
    ['no port', { type: 'streamable-http', url: 'http://localhost/mcp' }, { port: 8080, path: '/mcp' }],
  ])('a URL with %s', (_, transport, config) => {
    expect(at(made(imageServer({ transport }), { kind }).manifests[0], 'spec', 'config')).toEqual(config);
  });

  test('a port that is not in the entry is marked as a guess', () => {
    const server = imageServer({ transport: { type: 'streamable-http', url: 'http://localhost/mcp' } });
    expect(made(server, { kind }).warnings).toEqual(['The operator needs a port; 8080 is a guess.']);
    expect(at(made(server).manifests[0], 'spec', 'mcpPort')).toBeUndefined();
  });

  test('an image is written in full, since the schema requires a host and a tag', () => {
    const server = packageServer({ registryType: 'oci', identifier: 'example/weather', ...listens });
    expect(at(made(server, { kind }).manifests[0], 'spec', 'source', 'containerImage', 'ref')).toBe('docker.io/example/weather:latest');
  });
});
