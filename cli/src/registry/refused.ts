import { isObject } from '@toolhive-registry/catalog/entry';
import { placeOfProxy } from '@toolhive-registry/registry-server/proxy';
import { Failure } from '../program/failure.ts';
import { proxyRemedy } from './faults.ts';
import { shownUrl } from './shown-url.ts';
import type { Answer } from './http.ts';

/** Longest text of an answer that is quoted. */
const MAX_QUOTED = 300;

/** What to do where a URL is not that of a registry. */
export const CHECK_URL = 'check that the URL is the base URL of a registry, without /v0.1';

/** The error for an unsuccessful answer, with the message of the registry or of a proxy in front of it. */
export function refused(label: string, what: string, answer: Answer): Failure {
  const { status, text, asked } = answer;
  if (status === 407 && asked.proxy !== undefined)
    return new Failure(`${placeOfProxy(asked.proxy)} answers 407: it requires credentials`, {
      remedy: `set its user name and password in ${asked.proxy.variable}`,
    });
  if (isRedirect(status)) return redirected(label, answer);
  const said = messageIn(text);
  const through = asked.proxy === undefined ? '' : ` through ${placeOfProxy(asked.proxy)}`;
  const remedy = remedyFor(answer, what, said);
  return new Failure(`${label} answers ${status}${through}${said === '' ? '' : `: ${said}`}`, remedy === undefined ? {} : { remedy });
}

/** Whether an answer is a redirect. */
export function isRedirect(status: number): boolean {
  return status >= 300 && status < 400 && status !== 304;
}

/** The target of a redirect; undefined: it is missing or not valid. */
export function targetOf({ headers: { location }, asked: { url } }: Answer): URL | undefined {
  return location !== undefined && URL.canParse(location, url.href) ? new URL(location, url) : undefined;
}

function redirected(label: string, answer: Answer): Failure {
  const target = targetOf(answer);
  if (target === undefined) return new Failure(`${label} answers ${answer.status} without an address to go to`, { remedy: CHECK_URL });
  return new Failure(`${label} answers ${answer.status}: it is at ${shownUrl(target)}, and redirects of a registry are not followed`, {
    remedy: 'use that address',
  });
}

function remedyFor({ status, asked }: Answer, what: string, said: string): string | undefined {
  if (status === 401 || status === 403) return credentialsRemedy(status, asked.hasCredentials, said);
  // Our own registries say what there is instead.
  if (status === 404 && said !== '' && !/^(?:Endpoint not found|Not Found|404)/i.test(said)) return undefined;
  if (status === 404) {
    return what === 'servers' || what === 'versions' ? CHECK_URL : `only a registry of toolhive-registry has ${what}; check the URL`;
  }
  if (status === 501) return 'it does not support that; check the URL';
  // In the words of our own registries.
  if (status === 503 && /\/registry\/status says why/.test(said)) return '"status" says why';
  if (status === 429 || status >= 500)
    return asked.proxy === undefined
      ? 'try again later; if it persists, check its log'
      : `try again later, or ${proxyRemedy(asked.url.origin)}`;
  return undefined;
}

/** The remedy for an answer that requires credentials, or different ones. */
export function credentialsRemedy(status: number, hasCredentials: boolean, said: string): string {
  if (isOfApiServer(said)) return 'ask an administrator of the cluster for that permission';
  if (!hasCredentials)
    return 'it requires credentials: write them into the URL, https://USER:PASSWORD@HOST, or ask through a proxy that adds them';
  return status === 401
    ? 'it does not accept the credentials that were sent; correct them'
    : 'the credentials that were sent are not sufficient; use others';
}

/** The API server's message for a missing permission (k8s.io/apimachinery, NewForbidden). */
function isOfApiServer(said: string): boolean {
  return / is forbidden: |Unauthorized/.test(said);
}

/** The sentence in the body of an error: of a registry, of the API server, or a text itself. Pages and other JSON are not for the terminal. */
export function messageIn(text: string): string {
  const trimmed = text.trim();
  const said = /^[[{"]/.test(trimmed) ? fieldOf(trimmed) : trimmed.startsWith('<') ? '' : trimmed;
  const line = said.replace(/\s+/g, ' ').trim();
  return line.length > MAX_QUOTED ? `${line.slice(0, MAX_QUOTED)}…` : line;
}

function fieldOf(text: string): string {
  try {
    const body: unknown = JSON.parse(text);
    if (!isObject(body)) return '';
    const said = [body['detail'], body['message'], body['error'], body['title']].find((one) => typeof one === 'string');
    return typeof said === 'string' ? said : '';
  } catch {
    return '';
  }
}
