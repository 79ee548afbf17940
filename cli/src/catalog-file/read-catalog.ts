import { cwd } from 'node:process';
import { relative } from 'node:path';
import { stat } from 'node:fs/promises';
import { CatalogError, type CatalogFile } from '@toolhive-registry/catalog';
import { shownUrl } from '../registry/shown-url.ts';
import { misuse } from '../program/failure.ts';
import type { Session } from '../terminal/session.ts';
import { InputError } from '../validate/file-errors.ts';
import { readInputs } from '../validate/inputs.ts';
import { download, isUrl } from './download.ts';
import { joinedFiles } from './open-catalog.ts';

/** The bytes of one catalog. */
export interface NamedBytes {
  /** Its name in messages. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Reads one catalog: a file, `-` for standard input, an address, or a folder, of which the files are one catalog as a source has them. */
export async function readCatalogBytes(argument: string, { stdin, env, signal }: Session): Promise<NamedBytes> {
  if (isUrl(argument)) return { name: shownUrl(argument), bytes: await download(argument, { env, signal }) };
  const folder = argument !== '-' && (await stat(argument).catch(() => undefined))?.isDirectory() === true;
  const files: CatalogFile[] = [];
  try {
    for await (const input of readInputs([argument], { cwd: cwd(), stdin: stdin as AsyncIterable<Uint8Array> })) {
      if ('skipped' in input) continue;
      if ('problem' in input) throw misuse(`${input.name} ${input.problem}`);
      if (!folder) return input;
      files.push({ path: relative(argument, input.name), text: Buffer.from(input.bytes).toString('utf8') });
    }
  } catch (error) {
    if (error instanceof InputError) throw misuse(error.message);
    throw error;
  }
  if (files.length === 0) throw misuse(`${argument} contains no catalog file`, 'name a file, or a folder with .json, .yaml or .yml files');
  return { name: argument, bytes: joinedFiles(files) };
}

/** Adds the name to the error of a catalog that cannot be used at all. */
export async function withName<T>(name: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CatalogError) throw misuse(`${name}: ${error.message}`);
    throw error;
  }
}
