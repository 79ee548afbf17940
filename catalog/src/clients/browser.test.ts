import { build } from 'esbuild';
import { expect, test } from '@jest/globals';

/** What a page loads of the catalog, bundled for a browser; a module of Node in it fails. */
test.each([
  ['clients', 40],
  ['manifests', 32],
])('%s runs in a browser, in less than %d kB', async (folder, kilobytes) => {
  const { outputFiles, metafile } = await build({
    entryPoints: [new URL(`../${folder}/index.ts`, import.meta.url).pathname],
    bundle: true,
    platform: 'browser',
    format: 'esm',
    minify: true,
    write: false,
    metafile: true,
  });
  const foreign = Object.keys(metafile.inputs).filter((path) => !/(^|\/)catalog\/src\//.test(path) && !path.startsWith('src/'));
  expect(foreign).toEqual([]);
  expect(Math.ceil((outputFiles[0]?.contents.length ?? 0) / 1000)).toBeLessThan(kilobytes);
});
