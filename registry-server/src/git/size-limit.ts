import { SourceError } from '../sources/source-error.ts';
import type { Workspace } from './workspace.ts';

/** Polling interval of the folder: at one gigabit per second, 6 MB arrive in between. */
const LOOK_MS = 50;

/** What is allowed. */
interface SizeLimit {
  /** Bytes in the workspace. */
  readonly limit: number;
  /** The repository, for messages. */
  readonly what: string;
  readonly signal: AbortSignal;
}

/** Runs something that writes to the workspace, and aborts it with a {@link SourceError} once there is too much. */
export async function withinSize<T>(
  workspace: Workspace,
  { limit, what, signal }: SizeLimit,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const look = async (): Promise<void> => {
    if ((await workspace.size()) <= limit) return;
    over.abort(
      new SourceError(
        'SourceTooLarge',
        `${what}: more than ${Math.round(limit / 1024 / 1024)} MiB would have to be fetched; move the catalog to its own repository, ` +
          'or let the host offer partial clones (uploadpack.allowFilter)',
      ),
    );
  };
  const timer = setInterval(() => void look(), LOOK_MS);
  try {
    return await run(AbortSignal.any([signal, over.signal]));
  } finally {
    clearInterval(timer);
  }
}
