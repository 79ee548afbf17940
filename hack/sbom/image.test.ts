import { expect, test } from '@jest/globals';
import { bomOf } from './cyclonedx.ts';
import { debianComponents, distributionOf } from './debian.ts';
import { imageBom, platformOf, type Inventory } from './image.ts';
import { npmComponent } from './npm.ts';
import { program } from './product.ts';

const OS_RELEASE = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n';
const STATUS = `Package: libc6
Status: install ok installed
Architecture: amd64
Source: glibc
Version: 2.36-9+deb12u10
Description: GNU C Library: Shared libraries
 with a second line
 Version: none of its own

Package: git
Status: install ok installed
Architecture: amd64
Version: 1:2.39.5-0+deb12u2

Package: libgcc-s1
Status: install ok installed
Architecture: amd64
Source: gcc-12 (12.2.0-14)
Version: 12.2.0-14+b1

Package: gone
Status: deinstall ok config-files
Architecture: all
Version: 1.0
`;
const INVENTORY: Inventory = { node: '24.21.0', arch: 'arm64', osRelease: OS_RELEASE, dpkg: STATUS };
const CONTAINED = bomOf(program('toolhive-registry-server', '0.1.0'), [npmComponent({ name: 'zod', version: '4.6.7' })], 0);

test.each([
  ['a source package of another name', 'pkg:deb/debian/libc6@2.36-9%2Bdeb12u10?arch=amd64&distro=debian-12&upstream=glibc'],
  ['an epoch', 'pkg:deb/debian/git@1%3A2.39.5-0%2Bdeb12u2?arch=amd64&distro=debian-12'],
  [
    'a source package of another version',
    'pkg:deb/debian/libgcc-s1@12.2.0-14%2Bb1?arch=amd64&distro=debian-12&upstream=gcc-12%4012.2.0-14',
  ],
])('a package with %s', (_, purl) => {
  expect(debianComponents(STATUS, { id: 'debian', version: '12' }).map((component) => component.purl)).toContain(purl);
});

test('what was removed is not there', () => {
  expect(debianComponents(STATUS, { id: 'debian', version: '12' }).map(({ name }) => name)).toEqual(['libc6', 'git', 'libgcc-s1']);
});

test('a package of an image without dpkg has no status', () => {
  const [component] = debianComponents('Package: tzdata\nVersion: 2025b\nArchitecture: all', { id: 'debian', version: '13' });
  expect(component?.purl).toBe('pkg:deb/debian/tzdata@2025b?arch=all&distro=debian-13');
});

test.each([
  [OS_RELEASE, { id: 'debian', version: '12' }],
  ["VERSION_ID='24.04'\nID=ubuntu", { id: 'ubuntu', version: '24.04' }],
])('%j is %j', (osRelease, distribution) => {
  expect(distributionOf(osRelease)).toEqual(distribution);
});

test('an image has its program, what that contains, Node.js, and what Debian brings', () => {
  const bom = imageBom('ghcr.io/a/toolhive-registry-server', INVENTORY, CONTAINED, 0);
  expect(bom.components.map(({ name, version }) => `${name} ${version}`).sort()).toEqual([
    'debian 12',
    'git 1:2.39.5-0+deb12u2',
    'libc6 2.36-9+deb12u10',
    'libgcc-s1 12.2.0-14+b1',
    'node 24.21.0',
    'toolhive-registry-server 0.1.0',
    'zod 4.6.7',
  ]);
  expect(bom.metadata.component).toMatchObject({ type: 'container', name: 'ghcr.io/a/toolhive-registry-server', version: '0.1.0' });
  expect(platformOf(INVENTORY)).toBe('linux/arm64');
});

test.each<[what: string, inventory: Partial<Inventory>, message: string]>([
  ['no database of dpkg', { dpkg: '' }, 'x has no dpkg database in /var/lib/dpkg; keep status or status.d'],
  ['no name of its system', { osRelease: '' }, 'no /etc/os-release with ID and VERSION_ID'],
])('an image with %s is refused', (_, inventory, message) => {
  expect(() => imageBom('x', { ...INVENTORY, ...inventory }, CONTAINED, 0)).toThrow(message);
});

test('equal parts give equal bytes, others another serial number', () => {
  const parts = ['b', 'a', 'b'].map((name) => npmComponent({ name, version: '1.0.0' }));
  const bom = bomOf(program('p', '1.0.0'), parts, 1_700_000_000);
  expect(JSON.stringify(bomOf(program('p', '1.0.0'), parts.toReversed(), 1_700_000_000))).toBe(JSON.stringify(bom));
  expect(bom.components.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(bom.metadata.timestamp).toBe('2023-11-14T22:13:20.000Z');
  expect(bom.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(bomOf(program('p', '1.0.1'), parts, 1_700_000_000).serialNumber).not.toBe(bom.serialNumber);
});
