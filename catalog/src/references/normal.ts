import {
  ARCHIVE_PATTERN,
  DEFAULT_FOLDER,
  DEFAULT_HOST,
  DEFAULT_TAG,
  DOTS_PATTERN,
  HARMLESS_OPTIONS,
  HOST_PATTERN,
  LEGACY_HOST,
  NPM_PATTERN,
  PYPI_PATTERN,
  URL_PATTERN,
} from './forms.ts';

const URL = new RegExp(URL_PATTERN);
const DOTS = new RegExp(DOTS_PATTERN);
const HOST = new RegExp(HOST_PATTERN);
const ARCHIVE = new RegExp(ARCHIVE_PATTERN);
const NPM = new RegExp(NPM_PATTERN);
const PYPI = new RegExp(PYPI_PATTERN);

/**
 * An image reference in its compared form: with host and tag, or with only the digest if there is one, since that decides what is run. An invalid reference
 * becomes something that no catalog has.
 */
export function normalImage(reference: string): string {
  const at = reference.indexOf('@');
  const named = at < 0 ? reference : reference.slice(0, at);
  const digest = at < 0 ? '' : reference.slice(at);
  const hasTag = named.slice(named.lastIndexOf('/') + 1).includes(':');
  const colon = hasTag ? named.lastIndexOf(':') : named.length;
  const suffix = digest !== '' ? digest : hasTag ? named.slice(colon) : `:${DEFAULT_TAG}`;
  return `${withHost(named.slice(0, colon))}${suffix}`;
}

function withHost(name: string): string {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  const whole = slash >= 0 && HOST.test(first) ? `${lower(first)}${name.slice(slash)}` : `${DEFAULT_HOST}/${name}`;
  const named = whole.startsWith(`${LEGACY_HOST}/`) ? `${DEFAULT_HOST}${whole.slice(LEGACY_HOST.length)}` : whole;
  const path = named.slice(DEFAULT_HOST.length + 1);
  return named.startsWith(`${DEFAULT_HOST}/`) && !path.includes('/') ? `${DEFAULT_HOST}/${DEFAULT_FOLDER}/${path}` : named;
}

/** A URL in its compared form, origin and path: without the scheme's default port, a trailing slash, query and fragment. Undefined: it cannot be compared. */
export function normalUrl(url: string): string | undefined {
  if (!URL.test(url)) return undefined;
  const bare = url.split(/[?#]/, 1)[0] ?? '';
  const colon = bare.indexOf('://');
  const scheme = lower(bare.slice(0, colon));
  const rest = bare.slice(colon + 3);
  const slash = rest.indexOf('/');
  const authority = lower(slash < 0 ? rest : rest.slice(0, slash));
  const path = slash < 0 ? '' : rest.slice(slash);
  if (DOTS.test(path)) return undefined;
  const port = scheme === 'https' ? ':443' : ':80';
  const host = authority.endsWith(port) ? authority.slice(0, -port.length) : authority;
  return `${scheme}://${host}${path.endsWith('/') ? path.slice(0, -1) : path}`;
}

/** A package in its compared form: `npm @scope/name`, `pypi name`. */
export function normalPackage(registryType: string, identifier: string): string {
  return `${registryType} ${registryType === 'pypi' ? normalPypi(identifier) : identifier}`;
}

/** As in PEP 503, except for names with more than eight separators in a row, which do not occur. */
function normalPypi(name: string): string {
  return lower(name).replaceAll('_', '-').replaceAll('.', '-').replaceAll('--', '-').replaceAll('--', '-').replaceAll('--', '-');
}

/** The package that a command runs, in its compared form; undefined: none, or something else. Words after the package are its own arguments. */
export function commandPackage(program: string, args: readonly string[]): string | undefined {
  const wanted = args.find((argument) => !(HARMLESS_OPTIONS as readonly string[]).includes(argument));
  if (wanted === undefined || ARCHIVE.test(wanted)) return undefined;
  if (program === 'npx' && NPM.test(wanted)) {
    const version = wanted.lastIndexOf('@');
    return normalPackage('npm', version > 0 ? wanted.slice(0, version) : wanted);
  }
  if (program === 'uvx' && PYPI.test(wanted)) return normalPackage('pypi', wanted.split(/\[|==|@/, 1)[0] ?? '');
  return undefined;
}

/** ASCII only, like CEL's `lowerAscii`. */
function lower(text: string): string {
  return text.replace(/[A-Z]+/g, (part) => part.toLowerCase());
}
