import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { misuse } from '../program/failure.ts';
import type { Session } from '../terminal/session.ts';

/** A file of manifests. */
export interface ManifestFile {
  readonly name: string;
  readonly text: string;
}

/** Most bytes of a file: no manifest of an API server is nearly as large. */
const MAX_BYTES = 16 * 1024 * 1024;

/** Reads manifests: files, the .yaml, .yml and .json files of folders, as `kubectl -f` does, and `-` for standard input. */
export async function readManifests(names: readonly string[], { stdin }: Pick<Session, 'stdin'>): Promise<ManifestFile[]> {
  const files: ManifestFile[] = [];
  for (const name of names) {
    if (name === '-') files.push({ name: 'stdin', text: await textOf(stdin) });
    else for (const file of await filesOf(name)) files.push({ name: file, text: await read(file) });
  }
  return files;
}

async function filesOf(name: string): Promise<string[]> {
  const found = await stat(name).catch(() => undefined);
  if (found === undefined) throw misuse(`there is no file ${name}`, 'correct --filename');
  if (!found.isDirectory()) return [name];
  const files = (await readdir(name)).filter((file) => /\.(?:json|ya?ml)$/.test(file)).sort();
  if (files.length === 0) throw misuse(`the folder ${name} has no .yaml, .yml or .json file`, 'correct --filename');
  return files.map((file) => join(name, file));
}

async function read(file: string): Promise<string> {
  const { size } = await stat(file);
  if (size > MAX_BYTES) throw misuse(`${file} has ${size} bytes, which no manifest has`, 'correct --filename');
  return readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw misuse(`${file} cannot be read: ${cause.message}`);
  });
}

async function textOf(stream: Session['stdin']): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
