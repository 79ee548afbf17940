/** One thing wrong with a manifest. */
export interface Issue {
  /** Where it is, for example `spec.sources[0].git.path`; empty for the document itself. */
  readonly path: string;
  /** What is wrong and what to do about it. */
  readonly message: string;
  /** The offending value, shortened to one line; absent if it would not help. */
  readonly value?: string;
}

/** `path: message (got value)` on one line. */
export function formatIssue(issue: Issue): string {
  const where = issue.path === '' ? '' : `${issue.path}: `;
  return issue.value === undefined ? `${where}${issue.message}` : `${where}${issue.message} (got ${issue.value})`;
}

/** `['spec', 'sources', 0, 'git']` as `spec.sources[0].git`; keys that hold dots are quoted in brackets. */
export function formatPath(segments: readonly PropertyKey[]): string {
  let path = '';
  for (const segment of segments) {
    if (typeof segment === 'number') path += `[${segment}]`;
    else if (/^[\w-]+$/u.test(String(segment))) path += path === '' ? String(segment) : `.${String(segment)}`;
    else path += `[${JSON.stringify(String(segment))}]`;
  }
  return path;
}

const maxValueLength = 80;

/** User name and password of a URL. */
const credentials = /\/\/[^/?#\s]*@/gu;

/** A value for an error message: JSON of scalars without credentials, the type of everything else; undefined when there is none. */
export function shortValue(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return 'an object';
  const text = JSON.stringify(typeof value === 'string' ? value.replaceAll(credentials, '//***@') : value);
  return text.length <= maxValueLength ? text : `${text.slice(0, maxValueLength - 1)}…`;
}

/** Where values may be secret. */
const secretPath = /\.env\[\d+\]\.value$/u;

/** An issue whose value is omitted when there is none to show or when it may be secret. */
export function issue(path: string, message: string, value?: unknown): Issue {
  const shown = secretPath.test(path) ? undefined : shortValue(value);
  return shown === undefined ? { path, message } : { path, message, value: shown };
}
