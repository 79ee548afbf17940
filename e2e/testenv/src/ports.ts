import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** Below the ports that Linux hands out by itself (32768 and up): between our check and the start of a program nobody else gets one of these. */
const LOWEST = 20_000;
const COUNT = 10_000;
const ATTEMPTS = 100;

/** `count` different TCP ports that are free on 127.0.0.1 at this moment. */
export async function freePorts(count: number): Promise<number[]> {
  // All are held until the last is known, so that no port comes twice.
  const held = new Map<number, Server>();
  try {
    for (let attempt = 0; held.size < count; attempt += 1) {
      if (attempt === ATTEMPTS) throw new Error(`found no ${count} free ports from ${LOWEST} to ${LOWEST + COUNT - 1}`);
      const port = LOWEST + Math.floor(Math.random() * COUNT);
      const server = createServer().listen(port, '127.0.0.1');
      try {
        await once(server, 'listening');
        held.set(port, server);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      }
    }
    return [...held.keys()];
  } finally {
    await Promise.all(
      [...held.values()].map((server) => {
        const closed = once(server, 'close');
        server.close();
        return closed;
      }),
    );
  }
}
