import { expect, test } from '@jest/globals';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { answerClientError } from './listen.ts';

test('a request that does not arrive in time is answered with 408', async () => {
  const server = createServer({ headersTimeout: 50, requestTimeout: 100, connectionsCheckingInterval: 20 });
  server.on('clientError', answerClientError);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\n');
  const answer = await text(socket);
  await new Promise((resolve) => server.close(resolve));
  expect(answer).toMatch(/^HTTP\/1.1 408 Request Timeout\r\n/);
  expect(answer).toContain('"detail":"the request took too long to arrive"');
  expect(answer).toContain('\r\nAccess-Control-Allow-Origin: *\r\n');
});
