import { loadSchemaChecks } from '@toolhive-registry/catalog';
import { checkFile, type CheckedFile } from './checked-file.ts';

/** For tests: checks files by their names and texts. Those whose names begin with `folder/` were found in one. */
export async function checked(files: Readonly<Record<string, string>>): Promise<CheckedFile[]> {
  const schemas = await loadSchemaChecks();
  return Object.entries(files).map(([name, text]) =>
    checkFile({ name, bytes: Buffer.from(text), inFolder: name.startsWith('folder/') }, { schemas }),
  );
}

/** For tests: files with findings of every severity, one without any, one that is skipped and one that cannot be parsed. */
export const FILES: Readonly<Record<string, string>> = {
  'servers.json': `{
  "servers": [
    { "name": "com.example/good", "description": "d", "version": "1.0.0" },
    { "name": "com.example/bad", "version": "1.0.0" },
    { "name": "com.example/good", "description": "d", "version": "1.0.0" },
    { "name": "com.example/odd", "description": "d", "version": "1.0.0", "repository": {} }
  ],
  "unknown": true
}
`,
  'dir with space/clean.yaml': 'servers:\n  clean: {image: img, description: d}\n',
  'folder/package.json': '{"name": "x"}',
  'broken.json': '{\n  "servers": [1 2]\n}\n',
};
