import type { Bom, Component } from './cyclonedx.ts';
import { bomOf } from './cyclonedx.ts';
import { debianComponents, distributionOf } from './debian.ts';

/** What an image says of itself: printed by INVENTORY in it. */
export interface Inventory {
  /** Version of Node.js, such as `24.21.0`. */
  readonly node: string;
  /** By Node.js's name, such as `arm64`. */
  readonly arch: string;
  readonly osRelease: string;
  /** dpkg's database. */
  readonly dpkg: string;
}

/** A program for the image's own Node.js, which prints its inventory. */
export const INVENTORY = `
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const folder = '/var/lib/dpkg/';
const below = existsSync(folder + 'status.d') ? readdirSync(folder + 'status.d').filter((name) => !name.endsWith('.md5sums')).sort() : [];
const files = [...(existsSync(folder + 'status') ? ['status'] : []), ...below.map((name) => 'status.d/' + name)];
process.stdout.write(JSON.stringify({
  node: process.versions.node,
  arch: process.arch,
  osRelease: readFileSync('/etc/os-release', 'utf8'),
  dpkg: files.map((name) => readFileSync(folder + name, 'utf8')).join('\\n\\n'),
}));
`;

/** Architectures by their names in OCI, https://go.dev/doc/install/source#environment. */
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/** The image's platform, such as `linux/amd64`. */
export function platformOf({ arch }: Inventory): string {
  return `linux/${ARCHITECTURES[arch] ?? arch}`;
}

/**
 * The bill of materials of an image: its program with the packages inside, Node.js, and what Debian brings. Throws where dpkg's database was removed from the
 * image, since then nobody can tell what is in there.
 */
export function imageBom(name: string, inventory: Inventory, contained: Bom, seconds: number | undefined): Bom {
  const distribution = distributionOf(inventory.osRelease);
  const debian = debianComponents(inventory.dpkg, distribution);
  if (debian.length === 0)
    throw new Error(`${name} has no dpkg database in /var/lib/dpkg; keep status or status.d when the image is built`);
  const { version } = contained.metadata.component;
  const product: Component = { type: 'container', 'bom-ref': `${name}:${version}?platform=${platformOf(inventory)}`, name, version };
  const system: Component = { type: 'operating-system', 'bom-ref': 'os', name: distribution.id, version: distribution.version };
  return bomOf(product, [contained.metadata.component, ...contained.components, nodeComponent(inventory.node), system, ...debian], seconds);
}

/** Node.js, which is no package of Debian here; its own libraries, such as OpenSSL, are covered by its advisories. */
function nodeComponent(version: string): Component {
  const purl = `pkg:generic/node@${version}`;
  return {
    type: 'application',
    'bom-ref': purl,
    name: 'node',
    version,
    licenses: [{ license: { id: 'MIT' } }],
    cpe: `cpe:2.3:a:nodejs:node.js:${version}:*:*:*:-:*:*:*`,
    purl,
  };
}
