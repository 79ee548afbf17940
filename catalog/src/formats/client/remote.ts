import { asText, compact, isObject, own, type JsonObject } from '../../json.ts';
import type { Found, Problem } from './found.ts';

/** The remote that a server of a client's configuration connects to. Names of headers are taken over, and nothing that may be secret. */
export function remoteOfConfiguration(url: string, raw: JsonObject): Found | Problem {
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) return { problem: '"url" is no http or https URL' };
  const hasSecret = parsed.username !== '' || parsed.password !== '' || parsed.search !== '';
  parsed.username = '';
  parsed.password = '';
  parsed.search = '';
  const headers = own(raw, 'headers');
  const names = isObject(headers) ? Object.keys(headers) : [];
  const type = asText(own(raw, 'type')) ?? asText(own(raw, 'transport'));
  return {
    remote: compact({
      type: type === 'sse' || (type === undefined && /\/sse\/?$/.test(parsed.pathname)) ? 'sse' : 'streamable-http',
      url: hasSecret ? parsed.href : url,
      headers: names.length === 0 ? undefined : names.map((name) => ({ name, isRequired: true, isSecret: true })),
    }),
    what: `the remote server at ${parsed.host}`,
    dropped: [...(names.length > 0 ? ['the values of "headers"'] : []), ...(hasSecret ? ['user name, password and query of "url"'] : [])],
  };
}
