import { createHash } from 'node:crypto';

/** A part of a product, by CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/), as far as it is written here. */
export interface Component {
  readonly type: 'application' | 'container' | 'library' | 'operating-system';
  readonly 'bom-ref': string;
  readonly group?: string;
  readonly name: string;
  readonly version: string;
  readonly hashes?: readonly { readonly alg: 'SHA-512'; readonly content: string }[];
  readonly licenses?: readonly ({ readonly expression: string } | { readonly license: { readonly id: string } })[];
  readonly cpe?: string;
  readonly purl?: string;
}

/** A software bill of materials. */
export interface Bom {
  readonly $schema: string;
  readonly bomFormat: 'CycloneDX';
  readonly specVersion: '1.6';
  readonly serialNumber: string;
  readonly version: 1;
  readonly metadata: { readonly timestamp?: string; readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/**
 * The bill of materials of a product. Equal parts give equal bytes: parts are sorted, the serial number is made from them, and the time, in seconds since 1970,
 * is that of the sources.
 */
export function bomOf(product: Component, parts: readonly Component[], seconds: number | undefined): Bom {
  const components = [...new Map(parts.map((part) => [part['bom-ref'], part])).values()].sort((a, b) =>
    a['bom-ref'] < b['bom-ref'] ? -1 : 1,
  );
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify([product, components]))}`,
    version: 1,
    metadata: { ...(seconds === undefined ? {} : { timestamp: new Date(seconds * 1000).toISOString() }), component: product },
    components,
    dependencies: [{ ref: product['bom-ref'], dependsOn: components.map((component) => component['bom-ref']) }],
  };
}

/** The text of a bill of materials, as it is written into a file. */
export function bomText(bom: Bom): string {
  return `${JSON.stringify(bom, undefined, 2)}\n`;
}

/** A UUID of version 8, whose bits mean what their maker says (RFC 9562, section 5.8): here those of a SHA-256. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
