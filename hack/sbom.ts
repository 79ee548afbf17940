/**
 * `make sbom`: writes what is in our images and in the command line, as bills of materials by CycloneDX, into `dist/sbom/`. The images have to be there, as
 * `make images` builds them; IMAGE_REGISTRY, TAG and ENGINE are those of hack/images, PLATFORM one of a multi-platform image (docker, podman), and DIGEST,
 * such as `sha256:…`, names the image in place of the tag.
 * `node hack/sbom.ts PROGRAM` does it for one of registry-server, controller and cli.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './build/options.ts';
import { buildSeconds } from './build/origin.ts';
import { productVersion } from './generate/version.ts';
import { bomText, type Bom } from './sbom/cyclonedx.ts';
import { imageBom, INVENTORY, platformOf, type Inventory } from './sbom/image.ts';
import { BOM_FILE } from './sbom/product.ts';

const IMAGES: Readonly<Record<string, string>> = {
  'registry-server': 'toolhive-registry-server',
  controller: 'toolhive-registry-controller',
};
const folder = join(ROOT, 'dist/sbom');
const version = productVersion(new URL('../', import.meta.url));

function imageSbom(program: string, name: string): string {
  const image = `${process.env['IMAGE_REGISTRY'] ?? 'ghcr.io/toolhive-registry'}/${name}`;
  const digest = process.env['DIGEST'];
  const reference = digest === undefined ? `${image}:${process.env['TAG'] ?? version}` : `${image}@${digest}`;
  const printed = execFileSync(join(ROOT, 'hack/in-image'), [reference, INVENTORY], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 64 * 1024 * 1024,
  });
  const inventory = JSON.parse(printed) as Inventory;
  const contained = JSON.parse(readFileSync(join(ROOT, 'dist', program, BOM_FILE), 'utf8')) as Bom;
  const file = `${name}-${version}-${platformOf(inventory).replace('/', '-')}.cdx.json`;
  writeFileSync(join(folder, file), bomText(imageBom(image, inventory, contained, buildSeconds())));
  return file;
}

function cliSbom(): string {
  const file = `toolhive-registry-${version}.cdx.json`;
  copyFileSync(join(ROOT, 'dist/cli', BOM_FILE), join(folder, file));
  return file;
}

const [only] = process.argv.slice(2);
const programs = [...Object.keys(IMAGES), 'cli'].filter((program) => only === undefined || program === only);
if (programs.length === 0)
  throw new Error(`there is no program "${String(only)}"; name one of ${[...Object.keys(IMAGES), 'cli'].join(', ')}`);
mkdirSync(folder, { recursive: true });
for (const program of programs) {
  const name = IMAGES[program];
  console.log(`dist/sbom/${name === undefined ? cliSbom() : imageSbom(program, name)}`);
}
