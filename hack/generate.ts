/** `npm run generate`: writes every file that is derived from the schema, from the code, or from the version in package.json. */
import { mkdirSync, writeFileSync } from 'node:fs';
import type { GeneratedFile } from './generate/files.ts';
import { manifestsWithVersion } from './generate/version.ts';

const root = new URL('../', import.meta.url);

function write(files: readonly GeneratedFile[]): void {
  for (const { path, content } of files) {
    const file = new URL(path, root);
    mkdirSync(new URL('./', file), { recursive: true });
    writeFileSync(file, content);
    console.log(path);
  }
}

// First, and before the rest is loaded: the CRDs take their version from the manifest of `api`.
write(manifestsWithVersion(root));
const { generatedFiles } = await import('./generate/files.ts');
write(generatedFiles(root));
