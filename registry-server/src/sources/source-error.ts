import type { SourceReason } from '@toolhive-registry/api';

/** SHA-256 of mounted files, hexadecimal, by the names under which the status reports them (`fileKeys` of the API). */
export type FileHashes = Readonly<Record<string, string>>;

/** Why a source has no data. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly reason: SourceReason;
  /** Mounted files that were read anyway: the status reports them. */
  readonly files: FileHashes | undefined;
  /** How long to wait before the next request, in milliseconds (`Retry-After`). */
  readonly retryAfterMs: number | undefined;

  constructor(
    reason: SourceReason,
    message: string,
    options?: ErrorOptions & { readonly files?: FileHashes | undefined; readonly retryAfterMs?: number | undefined },
  ) {
    super(message, options);
    this.reason = reason;
    this.files = options?.files;
    this.retryAfterMs = options?.retryAfterMs;
  }
}
