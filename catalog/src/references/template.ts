import { normalUrl } from './normal.ts';

/** A URL with variables in braces, as an entry has it, and what it admits. */
export interface UrlTemplate {
  readonly template: string;
  /** A pattern over URLs in the form of {@link normalUrl}; RE2 reads it, too. */
  readonly pattern: string;
}

/** The port is all that a variable there can be. */
const PORT = '[0-9]{1,5}';
/** In a host: within it, and with as many dots as it likes, since what is fixed stands behind. */
const IN_HOST = '[a-z0-9._-]+';
/** In a path: one or more characters of one segment, that are neither a step up nor one that a client might take for such. */
const IN_PATH = '[^/?#.%][^/?#]*';
/** What has to be fixed at the end of a host: two names at least, so that no variable can lead to somebody else's. */
const FIXED_HOST = /^[a-z0-9_-]*(\.[a-z0-9_-]+){2,}(:[0-9]{1,5}|:\{[^{}]*\})?$/;
const VARIABLE = /\{[^{}]*\}/g;

/** Whether a URL has variables. */
export function isTemplate(url: string): boolean {
  return /\{[^{}]*\}/.test(url);
}

/**
 * What a template admits, or why it admits nothing: a variable may stand for anything, so the host has to end in two names that are fixed. A variable
 * stands for part of the host, for the port, or for something within one segment of the path.
 */
export function compileTemplate(template: string): UrlTemplate | { readonly why: string } {
  const bare = template.split(/[?#]/, 1)[0] ?? '';
  const found = /^(https?):\/\/([^/]*)(\/.*)?$/i.exec(bare);
  const [, scheme = '', authority = '', path = ''] = found ?? [];
  if (found === null) return { why: 'it does not begin with http:// or https:// and a host' };
  const host = authority.toLowerCase();
  const fixed = host.slice(host.replace(/:\{[^{}]*\}$/, '').lastIndexOf('}') + 1);
  if (isTemplate(host.replace(/:\{[^{}]*\}$/, '')) && !FIXED_HOST.test(fixed))
    return { why: 'its host is not fixed: behind the last variable it needs a domain, such as .example.com' };
  // Checked as a URL with something in the place of each variable.
  const sample = normalUrl(`${scheme}://${host.replace(/:\{[^{}]*\}$/, ':1').replaceAll(VARIABLE, 'x')}${path.replaceAll(VARIABLE, 'x')}`);
  if (sample === undefined) return { why: 'it is no URL of a server' };
  const port = scheme.toLowerCase() === 'https' ? ':443' : ':80';
  const plainHost = host.endsWith(port) ? host.slice(0, -port.length) : host;
  const plainPath = path.endsWith('/') ? path.slice(0, -1) : path;
  const hostPattern = patternOf(plainHost, (at) => (plainHost[at - 1] === ':' ? PORT : IN_HOST));
  return { template, pattern: `^${scheme.toLowerCase()}://${hostPattern}${patternOf(plainPath, () => IN_PATH)}$` };
}

function patternOf(text: string, variable: (at: number) => string): string {
  let pattern = '';
  let end = 0;
  for (const match of text.matchAll(VARIABLE)) {
    pattern += `${escaped(text.slice(end, match.index))}${variable(match.index)}`;
    end = match.index + match[0].length;
  }
  return `${pattern}${escaped(text.slice(end))}`;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
