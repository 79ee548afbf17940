import { expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

/** What a browser gets of an export of this package, in bytes. Fails where it would need anything of Node.js. */
async function bundled(names: string): Promise<number> {
  const { outputFiles, errors } = await build({
    stdin: {
      contents: `export { ${names} } from '@toolhive-registry/catalog/compare';`,
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
    },
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    platform: 'browser',
    logLevel: 'silent',
  });
  expect(errors).toEqual([]);
  return outputFiles[0]?.contents.length ?? 0;
}

test('it can be bundled for browsers without the rest', async () => {
  expect(await bundled('compareCatalogs')).toBeGreaterThan(0);
  expect(await bundled('itemDifferences, summaryOf, phraseOf')).toBeLessThan(32 * 1024);
});
