import type { Api } from './endpoint.ts';

/** How far a registry was read: the validator of the source. */
export interface Progress {
  readonly api: Api;
  /** When all of it was read last, in milliseconds since 1970. */
  readonly fullAt: number;
  /** Tag of the registry as a whole. */
  readonly etag?: string | undefined;
  /** When its newest entry was changed, as it says so, RFC 3339. Absent: it does not say so of each entry. */
  readonly since?: string | undefined;
  /** What ToolHive's old API says of itself. */
  readonly info?: string | undefined;
}

/** Another number when older progress, or older saved lists, can no longer be gone on from. */
const FORM = 1;

/** Progress as a text to be kept. */
export function progressText({ api, fullAt, etag, since, info }: Progress): string {
  return JSON.stringify({ form: FORM, api, fullAt, etag, since, info });
}

/** Reads the text again; undefined when it is of another form. */
export function parseProgress(text: string | undefined): Progress | undefined {
  if (text === undefined) return undefined;
  try {
    const { form, ...progress } = JSON.parse(text) as Progress & { readonly form?: number };
    return form === FORM ? progress : undefined;
  } catch {
    return undefined;
  }
}
