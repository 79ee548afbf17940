import { FILES_KEY, type CatalogFile } from '@toolhive-registry/catalog';

/** Several files as one document, which the catalog's reader takes apart again. One file is held at a time. */
export async function* container(files: AsyncIterable<CatalogFile>): AsyncGenerator<Uint8Array, void, undefined> {
  yield Buffer.from(`{${JSON.stringify(FILES_KEY)}:[`);
  let comma = '';
  for await (const file of files) {
    yield Buffer.from(`${comma}\n${JSON.stringify(file)}`);
    comma = ',';
  }
  yield Buffer.from('\n]}\n');
}
