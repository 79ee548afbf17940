import { Duplex } from 'node:stream';
import type { ClusterAccess, Credentials } from '@toolhive-registry/reconciler/client';
import { Agent, ProxyAgent, WebSocket } from 'undici';
import { Failure } from '../program/failure.ts';

/** The port of a pod. */
export interface PodPort {
  readonly namespace: string;
  readonly pod: string;
  readonly port: number;
}

/** Subprotocol of streams over WebSocket that every API server since 1.9 has (k8s.io/apimachinery, httpstream/wsstream). */
const PROTOCOL = 'v4.channel.k8s.io';
/** Channels of the only port: data, and errors of the kubelet. */
const DATA = 0;
const ERROR = 1;
/** The first message of each channel names the port, in two bytes. */
const PORT_BYTES = 2;

/**
 * Opens a connection to a port of a pod through the API server, as `kubectl port-forward` does. It reaches what only listens inside of the pod, and is not
 * subject to NetworkPolicies: it comes from the pod's own node.
 */
export function openTunnel({ server, proxyUrl }: ClusterAccess, credentials: Credentials, { namespace, pod, port }: PodPort): Duplex {
  const { ca, cert, key, verify, serverName } = credentials;
  const connect = {
    rejectUnauthorized: verify,
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(serverName === undefined ? {} : { servername: serverName }),
  };
  const dispatcher = proxyUrl === undefined ? new Agent({ connect }) : new ProxyAgent({ uri: proxyUrl, requestTls: connect });
  const url = `${server.replace(/^http/, 'ws')}/api/v1/namespaces/${namespace}/pods/${pod}/portforward?ports=${port}`;
  const socket = new WebSocket(url, { protocols: [PROTOCOL], headers: { ...credentials.headers }, dispatcher });
  socket.binaryType = 'arraybuffer';
  return new Tunnel(socket, () => void dispatcher.close(), `the pod ${namespace}/${pod} cannot be reached by a port-forward`);
}

/** Bytes of a WebSocket as a stream. */
class Tunnel extends Duplex {
  readonly #socket: WebSocket;
  readonly #release: () => void;
  readonly #what: string;
  /** Channels whose first message, the port, has arrived. */
  readonly #begun = new Set<number>();

  constructor(socket: WebSocket, release: () => void, what: string) {
    super();
    this.#socket = socket;
    this.#release = release;
    this.#what = what;
    socket.addEventListener('open', () => this.emit('connect'));
    socket.addEventListener('message', ({ data }) => this.#received(Buffer.from(data as ArrayBuffer)));
    socket.addEventListener('error', (event) => this.destroy(this.#failure((event as { readonly message?: string }).message)));
    socket.addEventListener('close', () => this.push(null));
  }

  override _read(): void {
    // Messages are pushed as they arrive.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const send = (): void => {
      this.#socket.send(Buffer.concat([Buffer.of(DATA), chunk]));
      done();
    };
    if (this.#socket.readyState === WebSocket.CONNECTING) {
      this.#socket.addEventListener('open', send, { once: true });
      this.#socket.addEventListener('close', () => this.destroy(this.#failure(undefined)), { once: true });
    } else if (this.#socket.readyState === WebSocket.OPEN) send();
    else done(this.#failure('the connection is closed'));
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#socket.close();
    this.#release();
    done(error);
  }

  #received(message: Buffer): void {
    const channel = message[0] ?? DATA;
    const body = message.subarray(1);
    if (!this.#begun.has(channel)) {
      this.#begun.add(channel);
      if (body.length <= PORT_BYTES) return;
    }
    if (channel === ERROR) this.destroy(this.#failure(body.toString('utf8').trim()));
    else if (channel === DATA) this.push(body);
  }

  #failure(why: string | undefined): Failure {
    return new Failure(`${this.#what}: ${why === undefined || why === '' ? 'the API server refused it' : why}`, {
      remedy: 'this needs permission to create pods/portforward; --via api-server needs get on services/proxy instead',
    });
  }

  // Methods that node:http calls on a socket.
  setKeepAlive(): this {
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setTimeout(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}
