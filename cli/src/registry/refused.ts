import { Failure } from '../program/failure.ts';
import { shownUrl } from './shown-url.ts';
import type { Answer } from './http.ts';

/** Longest text of an answer that is quoted. */
const MAX_QUOTED = 300;

/** The error for an answer that is none: what the registry, or a proxy before it, says. */
export function refused(label: string, what: string, { status, text, headers }: Answer): Failure {
  if (status >= 300 && status < 400)
    return new Failure(`${label} answers ${status}: it is at ${shownUrl(headers.location ?? 'another address')}`, {
      remedy: 'use that address',
    });
  const said = messageIn(text);
  const remedy = remedyFor(status, what, said);
  return new Failure(`${label} answers ${status}${said === '' ? '' : `: ${said}`}`, remedy === undefined ? {} : { remedy });
}

function remedyFor(status: number, what: string, said: string): string | undefined {
  if ((status === 401 || status === 403) && isOfApiServer(said)) return 'ask an administrator of the cluster for that right';
  if (status === 401 || status === 403) return 'it requires credentials: write them into the URL, or ask through a proxy that adds them';
  // Our own registries say what there is instead.
  if (status === 404 && said !== '' && !/^(?:<|Endpoint not found|Not Found|404)/i.test(said)) return undefined;
  if (status === 404) {
    return what === 'servers' || what === 'versions' || what === 'server'
      ? 'check that the URL is the base URL of a registry, without /v0.1'
      : `only a registry of toolhive-registry has ${what}; check the URL`;
  }
  if (status === 501) return 'this registry does not offer that';
  if (status === 503 && what !== 'status') return 'it has no catalog yet; "status" says why';
  return undefined;
}

/** The API server's own words for a right that is missing (k8s.io/apimachinery, NewForbidden). */
function isOfApiServer(said: string): boolean {
  return / is forbidden: |Unauthorized/.test(said);
}

/** The sentence in the body of an error: of a registry, of the API server, or the text itself. */
function messageIn(text: string): string {
  const found = fieldOf(text);
  return (found ?? text).trim().slice(0, MAX_QUOTED);
}

function fieldOf(text: string): string | undefined {
  try {
    const body = JSON.parse(text) as Readonly<Record<string, unknown>> | null;
    const said = body?.['detail'] ?? body?.['message'] ?? body?.['error'];
    return typeof said === 'string' ? said : undefined;
  } catch {
    return undefined;
  }
}
