import { createGitClient } from '../../git/client.ts';
import { describeRef } from '../../git/refs.ts';
import type { Checkout, Remote } from '../../git/types.ts';
import { container, isYaml } from '../catalog-files.ts';
import type { SourceAnswer, SourceOf, SourceRequest, SourceType } from '../contract.ts';
import { readFile, readFiles, select } from './select.ts';

/** A file or folder of a Git repository. Its validator is commit and path: an unchanged branch costs one request. */
export const gitType: SourceType<'git'> = {
  location: ({ git }) => {
    const at = git.ref === undefined ? '' : ` at ${describeRef(git.ref)}`;
    return `${git.repository}${at}, path "${git.path === '' ? '/' : git.path}"`;
  },
  // The host has to be polled; with other credentials it may answer differently.
  mounts: (source, surroundings) => surroundings.secrets(source).mounts,
  create: (source, surroundings) => {
    const client = createGitClient({
      temporaryPath: surroundings.temporaryPath,
      addresses: surroundings.addresses,
      proxies: surroundings.proxies,
      env: surroundings.env,
      owner: { pid: process.pid, startedAt: performance.timeOrigin },
    });
    const secrets = surroundings.secrets(source);
    return {
      fetch: async (request) => {
        const pinned = pinnedCommit(source, request.known);
        if (pinned !== undefined) return { unchanged: true, revision: pinned };
        const [credentials, certificates] = await Promise.all([secrets.credentials(), secrets.certificates()]);
        const { repository } = source.git;
        await using remote = await client.open({ repository, credentials, certificates }, request.signal);
        return await answer(source, remote, request);
      },
    };
  },
};

async function answer({ git }: SourceOf<'git'>, remote: Remote, request: SourceRequest): Promise<SourceAnswer> {
  const path = plainPath(git.path);
  const isKnown = (commit: string): boolean => request.known === validatorOf(commit, path);
  if (request.known !== undefined && git.ref?.kind !== 'commit') {
    const commit = await remote.resolve(git.ref);
    if (isKnown(commit)) return { unchanged: true, revision: commit };
  }
  const checkout = await remote.fetch(git.ref);
  const { commit } = checkout;
  if (isKnown(commit)) return { unchanged: true, revision: commit };
  await request.save(await contentAt(checkout, path, `${git.repository}, path "${path === '' ? '/' : path}"`));
  return { unchanged: false, validator: validatorOf(commit, path), revision: commit };
}

/** One JSON file passes as it is, and may be packed; YAML and several files are put into a container. */
async function contentAt(checkout: Checkout, path: string, where: string): Promise<AsyncIterable<Uint8Array>> {
  const { isFolder, files } = await select(checkout, path, where);
  const [first] = files;
  if (!isFolder && first !== undefined && !isYaml(first.path)) return readFile(checkout, first, where);
  return container(readFiles(checkout, files, where));
}

/** The commit that the source names, if it was already read: it never changes, so the host need not be asked. */
function pinnedCommit({ git }: SourceOf<'git'>, known: string | undefined): string | undefined {
  if (git.ref?.kind !== 'commit' || known === undefined) return undefined;
  const end = known.indexOf(' ');
  const commit = known.slice(0, end);
  return commit.startsWith(git.ref.name.toLowerCase()) && known.slice(end + 1) === plainPath(git.path) ? commit : undefined;
}

function validatorOf(commit: string, path: string): string {
  return `${commit} ${path}`;
}

/** Without what does not change where a path leads. */
function plainPath(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}
