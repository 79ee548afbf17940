/** The baseline: a node:http server with a single answer. It gets the answer as its first message and reports where it listens. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What to answer, whatever is asked. */
export interface BareAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** In base64. */
  readonly body: string;
}

process.once('message', ({ status, headers, body }: BareAnswer) => {
  const bytes = Buffer.from(body, 'base64');
  const server = createServer((_request, response) => {
    response.writeHead(status, headers);
    response.end(bytes);
  });
  server.listen(0, '127.0.0.1', () => process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
});
process.on('disconnect', () => process.exit());
