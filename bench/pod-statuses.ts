import { createServer, type Server, type ServerResponse } from 'node:http';
import { ports, type RegistryStatusDocument } from '@toolhive-registry/api';
import type { Scope } from './scope.ts';

/** The status endpoints of many registries' pods, each at a loopback address of its own. */
export interface PodStatuses {
  /** Where the pod of this number is. */
  addressOf(index: number): string;
  /** Sets what the pod reports; waiting requests are answered. */
  report(index: number, fields: Partial<RegistryStatusDocument>): void;
  /** Number of requests that wait for news. */
  readonly waiting: number;
}

interface Pod {
  document: RegistryStatusDocument;
  version: number;
  readonly waiting: Set<ServerResponse>;
}

/** Starts the endpoints. `documents`: what each pod reports at first. */
export async function startPodStatuses(scope: Scope, documents: readonly RegistryStatusDocument[]): Promise<PodStatuses> {
  const pods = documents.map((document): Pod => ({ document, version: 1, waiting: new Set() }));
  const addressOf = (index: number): string => `127.64.${index >> 8}.${index & 255}`;
  await Promise.all(
    pods.map(async (pod, index) => {
      const server = createServer(({ url = '', headers }, response) => {
        if (headers['if-none-match'] !== etagOf(pod)) return answer(pod, response);
        pod.waiting.add(response);
        const timer = setTimeout(() => {
          // Like a registry that is asked for its counters.
          if (pod.waiting.delete(response))
            response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(pod.document));
        }, waitMs(url));
        response.once('close', () => {
          clearTimeout(timer);
          pod.waiting.delete(response);
        });
      });
      await listening(server, addressOf(index));
      scope.defer(async () => {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      });
    }),
  );
  return {
    addressOf,
    report: (index, fields) => {
      const pod = pods[index];
      if (pod === undefined) throw new RangeError(`there is no pod ${index}`);
      pod.document = { ...pod.document, ...fields };
      pod.version += 1;
      for (const response of pod.waiting) answer(pod, response);
      pod.waiting.clear();
    },
    get waiting() {
      return pods.reduce((sum, { waiting }) => sum + waiting.size, 0);
    },
  };
}

/** How long a question waits for news before it hears that there is none, in milliseconds. */
function waitMs(url: string): number {
  const [, seconds = '0'] = /[?&]wait=(\d+)s/u.exec(url) ?? [];
  return Number(seconds) * 1_000;
}

function answer(pod: Pod, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', etag: etagOf(pod) }).end(JSON.stringify(pod.document));
}

function etagOf({ version }: Pod): string {
  return `"${version}"`;
}

function listening(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(ports.internal, address, resolve);
  });
}
