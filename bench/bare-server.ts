/** The yardstick: a node:http server that knows one answer. It gets the answer as its first message and says where it listens. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What to answer, whatever is asked. */
export interface BareAnswer {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

process.once('message', ({ headers, body }: BareAnswer) => {
  const bytes = Buffer.from(body, 'utf8');
  const server = createServer((_request, response) => {
    response.writeHead(200, headers);
    response.end(bytes);
  });
  server.listen(0, '127.0.0.1', () => process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
});
process.on('disconnect', () => process.exit());
