import { SourceError } from '../sources/source-error.ts';
import { parseRepository, type RepositoryAddress } from './address.ts';
import { GitFailure } from './program.ts';

/** Maximum number of consecutive redirects. */
export const MAX_REDIRECTS = 5;
/** The first request of Git to a repository. */
const FIRST_REQUEST = /\/info\/refs\?service=git-upload-pack$/;

/** Makes Git write the headers of answers to standard error, without bodies. `Authorization` and cookies are left out by Git itself. */
export const TRACE = { GIT_TRACE_CURL: '1', GIT_TRACE_CURL_NO_DATA: '1', GIT_TRACE_REDACT: '1' } as const;

/** Whether Git gave up because of a redirect. */
export function isRedirect(error: unknown): error is GitFailure {
  return error instanceof GitFailure && /returned error: 3\d\d\b/.test(error.stderr);
}

/**
 * The repository that a redirect leads to, from a trace of Git. Throws {@link SourceError} when it does not lead to a repository, such as to a login
 * page, and when it would give up encryption.
 */
export function redirectTarget(from: RepositoryAddress, trace: string): RepositoryAddress {
  const location = [...trace.matchAll(/<= Recv header: location: *(\S+)/gi)].at(-1)?.[1];
  const asked = `${from.url.replace(/\/$/, '')}/info/refs?service=git-upload-pack`;
  if (location === undefined || !URL.canParse(location, asked)) {
    throw new SourceError('SourceUnreachable', 'the redirect leads nowhere; correct git.repository');
  }
  const target = new URL(location, asked);
  if (!['https:', 'http:'].includes(target.protocol) || (from.scheme === 'https' && target.protocol === 'http:')) {
    throw new SourceError('AddressRefused', `${target.protocol}// is not followed from ${from.scheme}://; correct git.repository`);
  }
  if (!FIRST_REQUEST.test(target.href)) {
    throw new SourceError(
      'SourceUnreachable',
      `at ${target.host} is something other than a Git repository; correct git.repository, or add credentials`,
    );
  }
  return parseRepository(target.href.replace(FIRST_REQUEST, ''));
}
