import { normalUrl } from './normal.ts';

/** A URL with variables in braces, and what it admits. */
export interface UrlTemplate {
  readonly template: string;
  /** An RE2-compatible pattern for URLs in the form of {@link normalUrl}. */
  readonly pattern: string;
}

/** Longest URL that is matched against templates. Together with the size of their patterns it limits the time of a match. */
export const MAX_TEMPLATE_URL = 1_000;

/** The port, which is absent if it is the scheme's default. */
const PORT = '(:[0-9]{1,5})?';
/** In a host, for a single variable: any prefix, with any number of dots, since the fixed part follows. */
const IN_HOST = '[a-z0-9._-]+';
/** In a host, for one of several: within one label. */
const IN_LABEL = '[a-z0-9_-]+';
/** In a path: one or more characters of one segment, excluding parent references and anything that a server might resolve to another path. */
const IN_PATH = '[^/?#.%;][^/?#%;]*';
/** The fixed end of a host: at least two labels, so that no variable can lead to somebody else's host, and no number, which would be an IP address. */
const FIXED_HOST = /^[a-z0-9_-]*(\.[a-z0-9_-]+)+\.[a-z][a-z0-9-]*(:[0-9]{1,5})?$/;
const VARIABLE = /\{[^{}]*\}/g;
const PORT_VARIABLE = /:\{[^{}]*\}$/;

/** Whether a URL has variables. */
export function isTemplate(url: string): boolean {
  return /\{[^{}]*\}/.test(url);
}

/** Whether a template's pattern admits a URL, in the form of {@link normalUrl}. */
export function templateAdmits(pattern: RegExp, url: string): boolean {
  return url.length <= MAX_TEMPLATE_URL && pattern.test(url);
}

/**
 * What a template admits, or why it admits nothing: a variable can have any value, so the host has to end in two fixed labels. A variable stands for part of
 * the host, for the port, or for something within one path segment. No part contains two, so that a URL can match in only one way, and comparisons stay fast.
 */
export function compileTemplate(template: string): UrlTemplate | { readonly why: string } {
  if (!/^[!-~]+$/.test(template)) return { why: 'it has characters that no URL has' };
  const bare = template.split(/[?#]/, 1)[0] ?? '';
  const found = /^(https?):\/\/([^/]*)(\/.*)?$/i.exec(bare);
  const [, scheme = '', authority = '', path = ''] = found ?? [];
  if (found === null) return { why: 'it does not begin with http:// or https:// and a host' };
  const hasPort = PORT_VARIABLE.test(authority);
  const host = authority.toLowerCase().replace(PORT_VARIABLE, '');
  if (isTemplate(host) && !FIXED_HOST.test(host.slice(host.lastIndexOf('}') + 1)))
    return { why: 'its host is not fixed: after the last variable it needs a domain, such as .example.com' };
  if ([...host.split('.'), ...path.split('/')].some((part) => (part.match(VARIABLE) ?? []).length > 1))
    return { why: 'it has two variables in one part of its host or path; one admits the same' };
  // Checked as a URL with a sample in place of each variable.
  const sample = normalUrl(`${scheme}://${host.replaceAll(VARIABLE, 'x')}${hasPort ? ':1' : ''}${path.replaceAll(VARIABLE, 'x')}`);
  if (sample === undefined) return { why: 'it is not the URL of a server' };
  const port = scheme.toLowerCase() === 'https' ? ':443' : ':80';
  const plainHost = host.endsWith(port) ? host.slice(0, -port.length) : host;
  const plainPath = path.endsWith('/') ? path.slice(0, -1) : path;
  const inHost = (host.match(VARIABLE) ?? []).length > 1 ? IN_LABEL : IN_HOST;
  const pattern = `^${scheme.toLowerCase()}://${patternOf(plainHost, inHost)}${hasPort ? PORT : ''}${patternOf(plainPath, IN_PATH)}$`;
  return { template, pattern };
}

function patternOf(text: string, variable: string): string {
  let pattern = '';
  let end = 0;
  for (const match of text.matchAll(VARIABLE)) {
    pattern += `${escaped(text.slice(end, match.index))}${variable}`;
    end = match.index + match[0].length;
  }
  return `${pattern}${escaped(text.slice(end))}`;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
