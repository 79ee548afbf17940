import { copyFile, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Scope } from './scope.ts';

/** Absolute path of a file of the repository. */
export function repositoryFile(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}

/** How a program's image starts it. */
export interface ImageProgram {
  /** Node.js' own flags and the program's file. */
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Reads a program's Dockerfile and lays its file out as the image does, in a folder of its own: what Node.js takes the file to be depends on its name
 * and on what lies beside it.
 * @throws Error when the Dockerfile has no COPY of the program or no ENTRYPOINT of Node.js
 */
export async function imageProgram(scope: Scope, program: 'registry-server' | 'controller'): Promise<ImageProgram> {
  const dockerfile = await readFile(repositoryFile(`${program}/Dockerfile`), 'utf8');
  // The licenses are beside it.
  const [, from = ''] = /^COPY (?:\S+ )*(dist\/\S+\.cjs) (?:\S+ )?\.\/$/mu.exec(dockerfile) ?? [];
  const [, entry = '[]'] = /^ENTRYPOINT (\[.+\])$/mu.exec(dockerfile) ?? [];
  const words = JSON.parse(entry) as string[];
  // What comes before is process 1 of the container.
  const [node, ...command] = words.slice(words.indexOf('--') + 1);
  const file = command.pop();
  if (from === '' || node !== 'node' || file === undefined) throw new Error(`${program}/Dockerfile is not as bench/image.ts expects it`);
  const copy = join(await scope.folder(), basename(from));
  await copyFile(repositoryFile(from), copy);
  if (basename(file) !== basename(from)) throw new Error(`${program}/Dockerfile copies ${from}, but starts ${file}`);
  return { command: [...command, copy], env: variables(dockerfile) };
}

function variables(dockerfile: string): Record<string, string> {
  const pairs = [...dockerfile.matchAll(/^ENV (.+)$/gmu)].flatMap(([, line = '']) => [...line.matchAll(/(\w+)=("[^"]*"|\S+)/gu)]);
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, value.replaceAll('"', '')]));
}
