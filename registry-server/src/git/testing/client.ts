import { mkdir, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { NO_PROXIES } from '../../outbound/proxy.ts';
import { eventually, temporaryFolder, type Folder } from '../../testing.ts';
import { createGitClient } from '../client.ts';
import type { GitRef } from '../refs.ts';
import type { GitClientDeps, RemoteRepository } from '../types.ts';
import { childrenIn, type Child } from './traces.ts';

/** For tests: a client with a temporary folder of its own, and a check that nothing is left of its work. */
export interface GitLab extends AsyncDisposable {
  /** For repositories and whatever else. */
  readonly folder: Folder;
  /** Where the client works. */
  readonly temporaryPath: string;
  /** Asks as a source does: the commit of the ref, then its files below a path by name. */
  read(remote: RemoteRepository | string, ref?: GitRef, path?: string, signal?: AbortSignal): Promise<ReadResult>;
  /** Begins to read the first file, and closes without reading on. Gives what was running just before. */
  abandon(repository: string, ref: GitRef): Promise<Child[]>;
  /** Fails while a process or a file is left. */
  expectNothingLeft(): Promise<void>;
}

/** For tests: what was read. */
export interface ReadResult {
  readonly resolved: string | undefined;
  readonly commit: string;
  readonly files: Readonly<Record<string, string>>;
}

/** For tests: makes one. It fails at its end when something is left. */
export async function gitLab(deps: Partial<GitClientDeps> = {}): Promise<GitLab> {
  const folder = await temporaryFolder();
  await mkdir(join(folder.path, 'tmp'));
  const temporaryPath = await realpath(join(folder.path, 'tmp'));
  const client = createGitClient({
    temporaryPath,
    addresses: { privateNetworks: true, loopback: true },
    proxies: NO_PROXIES,
    env: { PATH: process.env['PATH'] },
    owner: { pid: process.pid, startedAt: performance.timeOrigin },
    ...deps,
  });
  const expectNothingLeft = async (): Promise<void> => {
    await eventually(
      async () => [await childrenIn(temporaryPath), await readdir(temporaryPath)],
      ([children, files]) => children?.length === 0 && files?.length === 0,
    );
  };
  return {
    folder,
    temporaryPath,
    expectNothingLeft,
    read: async (remote, ref, path = '', signal = AbortSignal.timeout(15_000)) => {
      await using opened = await client.open(typeof remote === 'string' ? { repository: remote } : remote, signal);
      const isShort = ref?.kind === 'commit' && ref.name.length < 40;
      const resolved = isShort ? undefined : await opened.resolve(ref);
      const checkout = await opened.fetch(ref);
      const entries = (await checkout.list(path)).filter(({ kind }) => kind === 'file');
      const files: Record<string, string> = {};
      let index = 0;
      for await (const { content } of checkout.blobs(entries.map(({ hash }) => hash))) {
        const pieces: Uint8Array[] = [];
        for await (const piece of content) pieces.push(piece);
        files[entries[index]?.path ?? ''] = Buffer.concat(pieces).toString();
        index += 1;
      }
      expect(index).toBe(entries.length);
      return { resolved, commit: checkout.commit, files };
    },
    abandon: async (repository, ref) => {
      await using opened = await client.open({ repository }, AbortSignal.timeout(15_000));
      const checkout = await opened.fetch(ref);
      const [first] = await checkout.list('');
      const blobs = checkout.blobs([first?.hash ?? ''])[Symbol.asyncIterator]();
      const { value } = await blobs.next();
      await value?.content[Symbol.asyncIterator]().next();
      return await childrenIn(temporaryPath);
    },
    [Symbol.asyncDispose]: async () => {
      await expectNothingLeft();
      await folder[Symbol.asyncDispose]();
    },
  };
}
