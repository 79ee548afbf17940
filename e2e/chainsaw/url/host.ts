/**
 * A file host: GET /registry.json for the bearer of a token, with an ETag and conditional requests. The file is `registry.json` of the current folder.
 * GET /answers counts the answers to it by their status.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';

const TOKEN = 'canary-token';
const answers: Record<string, number> = {};

createServer((request, response) => {
  if (request.url === '/answers') {
    response.end(JSON.stringify(answers));
    return;
  }
  const { status, headers, body } = answer(request);
  answers[status] = (answers[status] ?? 0) + 1;
  response.writeHead(status, headers).end(body);
}).listen(8080);

function answer(request: IncomingMessage): { status: number; headers: Record<string, string>; body?: Buffer } {
  if (request.headers.authorization !== `Bearer ${TOKEN}`) return { status: 401, headers: { 'www-authenticate': 'Bearer' } };
  if (request.url !== '/registry.json' || !existsSync('registry.json')) return { status: 404, headers: {} };
  const body = readFileSync('registry.json');
  const etag = `"${createHash('sha256').update(body).digest('hex')}"`;
  if (request.headers['if-none-match'] === etag) return { status: 304, headers: { etag } };
  return { status: 200, headers: { etag, 'content-type': 'application/json' }, body };
}
