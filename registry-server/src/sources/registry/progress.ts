import type { Api } from './endpoint.ts';
import type { Mark } from './mark.ts';

/** How far a registry was read: the validator of the source. */
export interface Progress {
  readonly api: Api;
  /** When all of it was read last, in milliseconds since 1970. */
  readonly fullAt: number;
  /** Tag of the registry as a whole. */
  readonly etag?: string | undefined;
  /** Where the next question for changes begins. Absent: the registry does not say of each entry when it changed. */
  readonly mark?: Mark | undefined;
  /** What ToolHive's old API says of itself. */
  readonly info?: string | undefined;
}

/** Incremented when older progress, or older saved lists, cannot be continued. */
const FORM = 2;

/** Progress as a text to be kept. */
export function progressText({ api, fullAt, etag, mark, info }: Progress): string {
  return JSON.stringify({ form: FORM, api, fullAt, etag, mark, info });
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
