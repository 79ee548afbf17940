/**
 * Simulates an ingress controller: HTTPS at port 8443 with certificate and rules from files in the current folder, as soon as they
 * exist: tls.crt, tls.key, and the Ingress itself. Port 8080 tells when it is at work.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, request as ask } from 'node:http';
import { createServer as createSecureServer } from 'node:https';

interface Path {
  readonly path: string;
  readonly backend: { readonly service: { readonly name: string; readonly port: { readonly number: number } } };
}
interface Ingress {
  readonly spec: { readonly rules: readonly { readonly host: string; readonly http: { readonly paths: readonly Path[] } }[] };
}

const FILES = ['tls.crt', 'tls.key', 'ingress.json'];
let isAtWork = false;

createServer((_, response) => response.writeHead(isAtWork ? 200 : 503).end()).listen(8080);

const waiting = setInterval(() => {
  if (!FILES.every((file) => existsSync(file))) return;
  clearInterval(waiting);
  start(JSON.parse(readFileSync('ingress.json', 'utf8')) as Ingress);
}, 100);

function start({ spec }: Ingress): void {
  const server = createSecureServer({ cert: readFileSync('tls.crt'), key: readFileSync('tls.key') }, (incoming, response) => {
    const { host = '' } = incoming.headers;
    const rule = spec.rules.find((one) => host.replace(/:\d+$/, '') === one.host);
    const path = rule?.http.paths.find((one) => isBelow(incoming.url ?? '', one.path));
    if (path === undefined) {
      response.writeHead(404).end('no rule leads anywhere');
      return;
    }
    const { name, port } = path.backend.service;
    const { method, url, headers } = incoming;
    const outgoing = ask({ host: name, port: port.number, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    outgoing.on('error', () => response.writeHead(502).end());
    incoming.pipe(outgoing);
  });
  server.listen(8443, () => (isAtWork = true));
}

/** `pathType: Prefix`: by segments, with or without a slash at the end. */
function isBelow(url: string, path: string): boolean {
  const prefix = path.replace(/\/$/, '');
  return url === prefix || url.startsWith(`${prefix}/`) || url.startsWith(`${prefix}?`);
}
