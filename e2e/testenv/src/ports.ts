import { once } from 'node:events';
import { createServer } from 'node:net';

/** `count` different TCP ports that are free on 127.0.0.1 at this moment. */
export async function freePorts(count: number): Promise<number[]> {
  // All are held until the last is known, so that no port comes twice.
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  try {
    return await Promise.all(
      servers.map(async (server) => {
        if (!server.listening) await once(server, 'listening');
        const address = server.address();
        if (address === null || typeof address === 'string') throw new Error('a listening TCP server has no port');
        return address.port;
      }),
    );
  } finally {
    await Promise.all(
      servers.map((server) => {
        const closed = once(server, 'close');
        server.close();
        return closed;
      }),
    );
  }
}
