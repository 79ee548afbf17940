import { describe, expect, test } from '@jest/globals';
import type { RequestListener } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { readJsonBody } from './input/json-body.ts';
import { eventually } from '../testing.ts';
import { CONNECTION_LIMITS, listen, type ConnectionLimits, type ListeningServer } from './listen.ts';

/** Short enough for a test, and apart from each other, so that it shows which one came into force. */
const SHORT: ConnectionLimits = { ...CONNECTION_LIMITS, checkEveryMs: 10, lingerMs: 50 };

interface Port extends AsyncDisposable {
  readonly server: ListeningServer;
  open(): Socket;
}

async function port(handler: RequestListener, limits: Partial<ConnectionLimits> = {}): Promise<Port> {
  const server = await listen('address', { host: '127.0.0.1', port: 0 }, handler, { ...SHORT, ...limits });
  const sockets: Socket[] = [];
  return {
    server,
    open: () => {
      const socket = connect({ port: Number(new URL(server.url).port), host: '127.0.0.1', noDelay: true });
      sockets.push(socket);
      return socket;
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await server.close(0);
    },
  };
}

/** Sends a byte every few milliseconds for as long as the other side takes it. */
function trickle(socket: Socket, bytes: string): void {
  let sent = 0;
  const timer = setInterval(() => socket.write(bytes[sent++ % bytes.length] ?? 'x'), 10);
  socket.once('close', () => clearInterval(timer));
  // Writing into a connection that was closed is what this is about.
  socket.on('error', () => undefined);
}

const hello: RequestListener = (_, res) => res.end('hello');
const reading: RequestListener = (req, res) =>
  void readJsonBody(req, 1024).then(
    () => res.end('read'),
    () => res.destroy(),
  );

test('times of the program: proxies hang up first, long polls are waited for, and a slow head is seen soon', () => {
  const { headMs, requestMs, checkEveryMs, keepAliveMs, stalledMs } = CONNECTION_LIMITS;
  expect(keepAliveMs).toBeGreaterThan(60_000);
  expect(stalledMs).toBeGreaterThan(60_000);
  expect(checkEveryMs).toBeLessThan(headMs);
  expect(headMs).toBeLessThanOrEqual(requestMs);
});

describe('a client that is slow', () => {
  test.each<[string, RequestListener, string, string, Partial<ConnectionLimits>]>([
    ['with its head gets 408', hello, 'GET / HTTP/1.1\r\nHost: a\r\nX: ', 'x', { headMs: 50, requestMs: 60_000 }],
    ['with its request line gets 408', hello, 'GET /', 'x', { headMs: 50, requestMs: 60_000 }],
    [
      'with its body gets 408',
      reading,
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n',
      '1',
      { headMs: 50, requestMs: 100 },
    ],
  ])('%s, and its connection ends although the client keeps sending', async (_, handler, begin, rest, limits) => {
    await using slow = await port(handler, limits);
    const socket = slow.open();
    socket.write(begin);
    trickle(socket, rest);
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1.1 408 Request Timeout\r\n/);
    expect(answer).toContain('"detail":"the request took too long to arrive"');
    expect(answer).toContain('\r\nAccess-Control-Allow-Origin: *\r\n');
    await new Promise((resolve) => (socket.closed ? resolve(undefined) : socket.once('close', resolve)));
  });

  test('that never reads its answer loses its connection', async () => {
    let closed: (() => void) | undefined;
    const gone = new Promise<void>((resolve) => (closed = resolve));
    // More than the system's buffers hold.
    const large: RequestListener = (_, res) => {
      res.once('close', () => closed?.());
      res.end(Buffer.alloc(64 * 1024 * 1024));
    };
    await using stuck = await port(large, { stalledMs: 200 });
    const socket = stuck.open();
    socket.on('error', () => undefined);
    socket.pause();
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await gone;
    socket.destroy();
  });

  test('that reads slowly gets all of it', async () => {
    const size = 4 * 1024 * 1024;
    await using patient = await port((_, res) => res.end(Buffer.alloc(size)), { stalledMs: 500 });
    const socket = patient.open();
    socket.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    let received = 0;
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      received += chunk.length;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(received).toBeGreaterThan(size);
  });

  test('with its next request has its connection closed', async () => {
    await using idle = await port(hello, { keepAliveMs: 50 });
    const socket = idle.open();
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1.1 200 OK\r\n[^]*hello$/);
  });
});

describe('what is too large', () => {
  test.each<[string, string, string]>([
    ['a head', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(70_000)}\r\n\r\n`, '431 Request Header Fields Too Large'],
    ['a URL beyond the head', `GET /${'x'.repeat(70_000)} HTTP/1.1\r\nHost: a\r\n\r\n`, '431 Request Header Fields Too Large'],
    ['no request', `${'hello '.repeat(20_000)}\r\n\r\n`, '400 Bad Request'],
  ])('%s is answered, and the connection ends though more comes', async (_, bytes, status) => {
    await using small = await port(hello);
    const socket = small.open();
    socket.write(bytes);
    trickle(socket, 'x');
    expect(await text(socket)).toMatch(new RegExp(`^HTTP/1.1 ${status}\r\n`));
    await new Promise((resolve) => (socket.closed ? resolve(undefined) : socket.once('close', resolve)));
  });
});

test('connections beyond the cap are closed, and there is room again when others end', async () => {
  await using full = await port(hello, { maxConnections: 2 });
  const ask = (socket: Socket): Promise<string> =>
    new Promise((resolve) => {
      socket.on('error', () => undefined);
      socket.once('data', (chunk: Buffer) => resolve(chunk.toString()));
      socket.once('close', () => resolve('closed'));
      socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    });
  const first = full.open();
  expect(await ask(first)).toContain('200 OK');
  expect(await ask(full.open())).toContain('200 OK');
  expect(await ask(full.open())).toBe('closed');
  first.destroy();
  await eventually(
    () => ask(full.open()),
    (answer) => answer.includes('200 OK'),
  );
});

describe('closing', () => {
  test('ends idle connections at once, lets a request in flight finish, and takes no new ones', async () => {
    let finish: (() => void) | undefined;
    const begun = Promise.withResolvers<void>();
    const draining = await port((req, res) => {
      if (req.url !== '/slow') return res.end('hello');
      finish = () => res.end('done');
      return begun.resolve();
    });
    const idle = draining.open();
    idle.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    const idleAnswer = text(idle);
    const busy = draining.open();
    busy.write('GET /slow HTTP/1.1\r\nHost: a\r\n\r\n');
    const busyAnswer = text(busy);
    await begun.promise;
    const closed = draining.server.close(10_000);
    expect(await idleAnswer).toContain('hello');
    finish?.();
    expect(await busyAnswer).toContain('done');
    await closed;
    await expect(fetch(draining.server.url)).rejects.toThrow('fetch failed');
  });

  test('does not wait longer than its limit', async () => {
    const begun = Promise.withResolvers<void>();
    const stuck = await port(() => begun.resolve());
    const socket = stuck.open();
    socket.on('error', () => undefined);
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await begun.promise;
    await stuck.server.close(50);
    await text(socket).catch(() => '');
  });
});
