import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dump, loadAll } from 'js-yaml';
import { repositoryFile } from './image.ts';
import type { Scope } from './scope.ts';

/** The files that a registry's pod has mounted, as the flags of the server name them. */
export interface PodLayout {
  readonly config: string;
  readonly sourcesPath: string;
}

/** Lays the quick start out as the controller mounts it: the manifest alone, and the ConfigMap's keys as files. */
export async function quickstartInPod(scope: Scope): Promise<PodLayout> {
  const folder = await scope.folder();
  const config = join(folder, 'spec.yaml');
  const sourcesPath = join(folder, 'sources');
  await mkdir(join(sourcesPath, 'default'), { recursive: true });
  for (const object of loadAll(await readFile(repositoryFile('examples/quickstart.yaml'), 'utf8')) as Record<string, unknown>[]) {
    if (object['kind'] === 'MCPRegistry') await writeFile(config, dump(object));
    for (const [key, text] of Object.entries((object['data'] ?? {}) as Record<string, string>)) {
      await writeFile(join(sourcesPath, 'default', key), text);
    }
  }
  return { config, sourcesPath };
}
