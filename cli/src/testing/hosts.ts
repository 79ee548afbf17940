import { createServer as createPlain, type RequestListener, type Server } from 'node:http';
import { createServer as createTls } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { SelfSigned } from '@toolhive-registry/reconciler/testing';

/** For tests: hosts on this machine. They end with it. */
export interface Hosts extends AsyncDisposable {
  /** Starts a host. Returns its address, without a path. */
  readonly start: (listener: RequestListener, tls?: SelfSigned) => Promise<string>;
  /** The host that was started last. */
  readonly last: () => Server | undefined;
}

/** For tests: creates a place for hosts. */
export function createHosts(): Hosts {
  const servers: Server[] = [];
  return {
    start: async (listener, tls) => {
      const server = tls === undefined ? createPlain(listener) : createTls(tls, listener);
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    last: () => servers.at(-1),
    [Symbol.asyncDispose]: async () => {
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}
