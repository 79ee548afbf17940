import { asText, compact, isObject, own, type JsonObject } from '../../json.ts';
import type { Found, Problem } from './found.ts';
import { isHeaderName } from './secret.ts';

/** A path segment that looks like a token: long, with letters and digits, or with separators of names and values. */
const TOKEN = /^(?=.{16})(?=[^/]*\d)(?=[^/]*[A-Za-z])|[:;=@]/;
/** Longest path segment that counts as a word. */
const MAX_WORD = 40;

/** The remote to which a server of a client's configuration connects. Names of headers are taken over, but nothing that may be secret. */
export function remoteOfConfiguration(url: string, raw: JsonObject): Found | Problem {
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) return { problem: '"url" is not an http or https URL' };
  const tokens: string[] = [];
  const path = parsed.pathname
    .split('/')
    .map((part) => {
      if (!TOKEN.test(part) && part.length <= MAX_WORD) return part;
      tokens.push(tokens.length === 0 ? 'token' : `token_${tokens.length + 1}`);
      return `{${tokens.at(-1) ?? ''}}`;
    })
    .join('/');
  const hasSecret = tokens.length > 0 || [parsed.username, parsed.password, parsed.search, parsed.hash].some((part) => part !== '');
  const headers = own(raw, 'headers');
  const all = isObject(headers) ? Object.keys(headers) : [];
  const names = all.filter(isHeaderName);
  const type = asText(own(raw, 'type')) ?? asText(own(raw, 'transport'));
  return {
    remote: compact({
      type: type === 'sse' || (type === undefined && /\/sse\/?$/.test(parsed.pathname)) ? 'sse' : 'streamable-http',
      url: hasSecret ? `${parsed.protocol}//${parsed.host}${path}` : url,
      headers: names.length === 0 ? undefined : names.map((name) => ({ name, isRequired: true, isSecret: true })),
      variables: tokens.length === 0 ? undefined : Object.fromEntries(tokens.map((name) => [name, { isRequired: true, isSecret: true }])),
    }),
    what: `the remote server at ${parsed.host}`,
    dropped: [
      ...(all.length > 0 ? ['the values of "headers"'] : []),
      ...(hasSecret ? ['parts of "url" that may be secrets'] : []),
      ...(all.length > names.length ? ['headers with invalid names'] : []),
    ],
  };
}
