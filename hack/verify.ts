/**
 * `npm run verify`: fails with the name of each generated file that is not what `npm run generate` would write, such as one with another version than
 * package.json.
 */
import { existsSync, readFileSync } from 'node:fs';
import { generatedFiles } from './generate/files.ts';
import { manifestsWithVersion } from './generate/version.ts';

const root = new URL('../', import.meta.url);
const stale = [...manifestsWithVersion(root), ...generatedFiles(root)].filter(({ path, content }) => {
  const file = new URL(path, root);
  return !existsSync(file) || readFileSync(file, 'utf8') !== content;
});
for (const { path } of stale) console.error(`${path} is out of date; run npm run generate and commit the result`);
if (stale.length === 0) console.log('generated files are up to date');
process.exitCode = stale.length === 0 ? 0 : 1;
