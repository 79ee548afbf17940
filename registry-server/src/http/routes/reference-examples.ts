import type { RegistryExplain, RegistryImages } from '@toolhive-registry/api';

const HASH = '9d2f6c1ab3e84f5d70c1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f7';

/** An answer of `/registry/images`. */
export function exampleImages(): RegistryImages {
  return {
    registry: { name: 'production', namespace: 'toolhive-system' },
    snapshotHash: HASH,
    images: ['docker.io/mcp/time:1.2.0', 'ghcr.io/example/weather:1.0.0'],
    urls: ['https://weather.example.com/mcp'],
    urlTemplates: [{ template: 'https://{tenant}.example.com/mcp', pattern: String.raw`^https://[a-z0-9._-]+\.example\.com/mcp$` }],
    packages: ['npm @example/weather'],
    unusable: {
      count: 1,
      first: [
        {
          server: 'io.github.example/any',
          version: '1.0.0',
          reference: 'https://{host}/mcp',
          why: 'its host is not fixed: after the last variable it needs a domain, such as .example.com',
        },
      ],
    },
  };
}

/** An answer of `/registry/explain`. */
export function exampleExplain(): RegistryExplain {
  return {
    registry: { name: 'production', namespace: 'toolhive-system' },
    snapshotHash: HASH,
    subject: { kind: 'image', text: 'ghcr.io/example/weather:1.1.0', compared: 'ghcr.io/example/weather:1.1.0' },
    allowed: false,
    enforcement: 'enforce',
    rule: 'otherTag',
    sentence: 'image ghcr.io/example/weather:1.1.0 is not in the catalog: the tag differs: it is 1.1.0, and the catalog has :1.0.0',
    entries: [],
    nearest: ['ghcr.io/example/weather:1.0.0'],
  };
}
