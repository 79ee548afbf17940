import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { get, type GetAnswer } from './http-get.ts';

const times = { connectMs: 1_000, waitSeconds: 0, slackMs: 200 };
let server: Server;
let sockets: Socket[];
/** What the server sends, part by part; `end`: it closes the connection. */
let parts: readonly string[];
let heads: string[];

beforeEach(async () => {
  sockets = [];
  heads = [];
  server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.once('data', (head) => {
      heads.push(head.toString());
      void send(socket);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  server.close();
  await once(server, 'close');
});

async function send(socket: Socket): Promise<void> {
  for (const part of parts) {
    if (part === 'end') socket.end();
    else socket.write(part);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function ask(signal = new AbortController().signal): Promise<GetAnswer> {
  const { port } = server.address() as AddressInfo;
  return get({ host: '127.0.0.1', port, path: '/registry/status?wait=30s', headers: { 'if-none-match': '"1"' } }, times, signal);
}

test.each<[string, readonly string[], GetAnswer]>([
  ['with its length', ['HTTP/1.1 200 OK\r\nEtag: "2"\r\nContent-Length: 4\r\n\r\ngood'], { status: 200, etag: '"2"', text: 'good' }],
  ['in small parts', ['HTTP/1.1 2', '00 OK\r\ncontent-length: 4\r\n', '\r\ng', 'ood'], { status: 200, etag: undefined, text: 'good' }],
  [
    'in chunks',
    ['HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\ngo\r\n', '2\r\nod\r\n0\r\n\r\n'],
    { status: 200, etag: undefined, text: 'good' },
  ],
  ['up to the end of the connection', ['HTTP/1.0 200 OK\r\n\r\n', 'good', 'end'], { status: 200, etag: undefined, text: 'good' }],
  ['without a body', ['HTTP/1.1 304 Not Modified\r\netag: "1"\r\n\r\n'], { status: 304, etag: '"1"', text: '' }],
])('an answer %s', async (_, sent, answer) => {
  parts = sent;
  expect(await ask()).toEqual(answer);
  const { port } = server.address() as AddressInfo;
  const head = ['GET /registry/status?wait=30s HTTP/1.1', `host: 127.0.0.1:${port}`, 'connection: close', 'if-none-match: "1"', '', ''];
  expect(heads).toEqual([head.join('\r\n')]);
});

test.each<[string, readonly string[], string]>([
  ['a connection that is closed without an answer', ['end'], 'closed without an answer'],
  ['no answer', [], 'no answer within 200 ms'],
  ['an answer that stops', ['HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\ngo'], 'no answer within 200 ms'],
  ['a head that stops', ['HTTP/1.1 200 OK\r\n'], 'no answer within 200 ms'],
  ['an answer that breaks off', ['HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\ngo', 'end'], 'aborted'],
  ['a head with a body that is none', ['HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n'], 'aborted'],
  ['what is no HTTP', ['hello\r\n\r\n'], 'Parse Error'],
  ['too much', [`HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(9 * 1024 * 1024)}`, 'end'], 'more than 8388608 bytes'],
])('%s is an error', async (_, sent, message) => {
  parts = sent;
  await expect(ask()).rejects.toThrow(message);
});

test.each<[string, readonly string[]]>([
  ['is waited for', []],
  ['has begun', ['HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\ngo']],
])('an abort while the answer %s ends the request', async (_, sent) => {
  parts = sent;
  const stop = new AbortController();
  const question = ask(stop.signal);
  setTimeout(() => stop.abort(new Error('stopped')), 50);
  await expect(question).rejects.toThrow('stopped');
  await expect(ask(stop.signal)).rejects.toThrow('stopped');
  expect(sockets).toHaveLength(1);
});

test('a closed port is an error', async () => {
  const { port } = server.address() as AddressInfo;
  server.close();
  await expect(get({ host: '127.0.0.1', port, path: '/', headers: {} }, times, new AbortController().signal)).rejects.toThrow(
    'ECONNREFUSED',
  );
});
