/** `npm run generate`: writes every file that is derived from the schema. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { generatedFiles } from './generate/files.ts';

const root = new URL('../', import.meta.url);
for (const { path, content } of generatedFiles(root)) {
  const file = new URL(path, root);
  mkdirSync(new URL('./', file), { recursive: true });
  writeFileSync(file, content);
  console.log(path);
}
