import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../build/options.ts';
import type { Bom } from './cyclonedx.ts';
import { BOM_FILE } from './product.ts';

/** Licenses whose terms are met by passing on their texts. One more needs a look at what it asks for. */
const LICENSES = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT'];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sbom-'));
  await promisify(execFile)(process.execPath, [join(ROOT, 'hack/build.ts'), folder], { cwd: ROOT });
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each([
  ['registry-server', 'registry-server/THIRD-PARTY-LICENSES'],
  ['controller', 'controller/THIRD-PARTY-LICENSES'],
  ['cli', 'cli/package/THIRD-PARTY-LICENSES'],
])('%s', (program, licenses) => {
  const bom = async (): Promise<Bom> => JSON.parse(await readFile(join(folder, program, BOM_FILE), 'utf8')) as Bom;

  test('the bill of materials has the packages whose licenses are passed on', async () => {
    const text = await readFile(join(folder, licenses), 'utf8');
    const passedOn = [...text.matchAll(/^-{70}\n(\S+ \S+) \(/gm)].map(([, heading = '']) => heading);
    const { components } = await bom();
    const listed = components.map(({ group, name, version }) => `${group === undefined ? '' : `${group}/`}${name} ${version}`);
    expect(listed.length).toBeGreaterThan(10);
    expect(listed.sort()).toEqual([...new Set(passedOn)].sort());
  });

  test('each has the hash that the lock file pins, and a license that may be passed on so', async () => {
    const { components } = await bom();
    expect(components.filter(({ hashes }) => hashes === undefined)).toEqual([]);
    const others = components.filter(({ licenses: told = [] }) => {
      const words = told.flatMap((one) => ('expression' in one ? one.expression.replaceAll(/[()]/g, '').split(' OR ') : [one.license.id]));
      return !words.some((word) => LICENSES.includes(word));
    });
    expect(others).toEqual([]);
  });
});

test.each(['registry-server', 'controller'])(
  'the image of %s has its license, the notices, and the licenses of what it contains',
  async (program) => {
    const dockerfile = await readFile(join(ROOT, program, 'Dockerfile'), 'utf8');
    const copied = [...dockerfile.matchAll(/^COPY (?:--\S+ )*(.*) \.\/$/gm)].flatMap(([, files = '']) => files.split(' '));
    const wanted = ['LICENSE', 'NOTICE', `dist/${program}/THIRD-PARTY-LICENSES`];
    expect(copied).toEqual(expect.arrayContaining(wanted));
    const allowed = (await readFile(join(ROOT, '.dockerignore'), 'utf8')).split('\n');
    expect(allowed).toEqual(expect.arrayContaining(wanted.map((file) => `!${file}`)));
  },
);
