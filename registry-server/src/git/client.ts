import { parseRepository } from './address.ts';
import { openRemote } from './remote.ts';
import type { GitClient, GitClientDeps } from './types.ts';
import { createWorkspace, removeStaleWorkspaces } from './workspace.ts';

/** Maximum number of bytes that are fetched for one commit: what the source takes of them is limited to 100 MiB. */
export const MAX_FETCH_BYTES = 256 * 1024 * 1024;

/** Creates a client that runs the program `git`. */
export function createGitClient(deps: GitClientDeps): GitClient {
  let tidied: Promise<void> | undefined;
  return {
    open: async (remote, signal) => {
      const address = parseRepository(remote.repository);
      tidied ??= removeStaleWorkspaces(deps.temporaryPath, deps.owner, isRunning);
      await tidied;
      const workspace = await createWorkspace(deps.temporaryPath, deps.owner);
      try {
        return await openRemote(
          { address, credentials: remote.credentials, certificates: remote.certificates, workspace, signal },
          { ...deps, maxFetchBytes: deps.maxFetchBytes ?? MAX_FETCH_BYTES },
        );
      } catch (error) {
        await workspace[Symbol.asyncDispose]();
        throw error;
      }
    },
  };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // The process belongs to another user, so it exists.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
