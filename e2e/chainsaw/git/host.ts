/**
 * A Git host with one repository, catalog.git, for user `registry` and the password that is in the file `password`. The repository is made when
 * the host starts; what it serves is pushed from its working copy, `copy`. Everything is in the current folder.
 */
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

writeFileSync('password', 'canary-one');
execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', 'catalog.git']);
execFileSync('git', ['clone', '--quiet', 'catalog.git', 'copy'], { stdio: 'ignore' });

createServer((request, response) => {
  if (isKnown(request)) ask(request, response);
  else response.writeHead(401, { 'www-authenticate': 'Basic realm="catalog"' }).end('who are you?\n');
}).listen(8080);

function isKnown(request: IncomingMessage): boolean {
  const login = Buffer.from(`registry:${readFileSync('password', 'utf8')}`).toString('base64');
  return request.headers.authorization === `Basic ${login}`;
}

/** Lets `git http-backend` answer, like any web server with CGI. */
function ask(request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://host');
  const { headers } = request;
  const backend = spawn('git', ['http-backend'], {
    env: {
      ...process.env,
      GIT_PROJECT_ROOT: process.cwd(),
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_PROTOCOL: String(headers['git-protocol'] ?? ''),
      REQUEST_METHOD: request.method,
      PATH_INFO: pathname,
      QUERY_STRING: searchParams.toString(),
      CONTENT_TYPE: headers['content-type'] ?? '',
      CONTENT_LENGTH: headers['content-length'] ?? '',
      HTTP_CONTENT_ENCODING: headers['content-encoding'] ?? '',
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  // It may answer before it has read everything.
  backend.stdin.on('error', () => undefined);
  request.pipe(backend.stdin);
  const chunks: Buffer[] = [];
  backend.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  backend.once('close', () => answer(Buffer.concat(chunks), response));
}

/** Sends what a CGI program printed: a head in lines, an empty line, the body. */
function answer(output: Buffer, response: ServerResponse): void {
  const end = output.indexOf('\r\n\r\n');
  if (end < 0) {
    response.writeHead(502).end();
    return;
  }
  const head = output.subarray(0, end).toString('latin1').split('\r\n');
  const fields = head.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()] as const);
  response.statusCode = Number.parseInt(fields.find(([name]) => name === 'Status')?.[1] ?? '200', 10);
  for (const [name, value] of fields) if (name !== 'Status') response.setHeader(name, value);
  response.end(output.subarray(end + 4));
}
