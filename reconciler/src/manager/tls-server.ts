import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { SecureContextOptions } from 'node:tls';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import type { Certificate, TlsFiles } from './certificate.ts';
import { isSameCertificate, readCertificate } from './certificate.ts';

/** A TLS server that follows changes of its files. */
export interface TlsServer {
  readonly server: Server;
  /** Stops following the files. */
  unwatch(): void;
}

/**
 * How often the files are checked, in milliseconds, as by controller-runtime's certwatcher by default
 * (https://pkg.go.dev/sigs.k8s.io/controller-runtime/pkg/certwatcher). The kubelet takes a minute or so to update a mounted Secret.
 */
export const LOOK_MS = 10_000;
const HANDSHAKE_MS = 10_000;

/**
 * A server that speaks TLS 1.2 and 1.3 with the current contents of the files: open connections continue, new ones get the new certificate. With unusable files
 * the last good ones stay in use, and the log says why.
 * @throws Error with one sentence when the files cannot be used at the start
 */
export async function createTlsServer(
  what: string,
  files: TlsFiles,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
  listener: RequestListener,
): Promise<TlsServer> {
  let current = await readCertificate(files);
  tell(current);
  const asksClients = files.clientCaFile !== undefined;
  const server = createServer(
    { ...contextOf(current), requestCert: asksClients, rejectUnauthorized: asksClients, handshakeTimeout: HANDSHAKE_MS },
    listener,
  );
  server.on('tlsClientError', (error, { remoteAddress }) =>
    logger.debug({ err: error, remoteAddress }, `a TLS handshake with a client of ${what} failed`),
  );
  let complaint: string | undefined;
  let isOver = false;
  let cancel = clock.after(LOOK_MS, look);

  function tell({ expires }: Certificate): void {
    const fields = { certFile: files.certFile, expires: expires.toISOString() };
    if (expires.getTime() > clock.now()) logger.info(fields, `${what}: using certificate`);
    else logger.warn(fields, `${what}: using a certificate that has expired; renew it`);
  }

  function look(): void {
    void lookOnce().then(() => {
      if (!isOver) cancel = clock.after(LOOK_MS, look);
    });
  }

  async function lookOnce(): Promise<void> {
    try {
      const next = await readCertificate(files);
      if (!isOver && !isSameCertificate(next, current)) {
        server.setSecureContext(contextOf(next));
        current = next;
        tell(next);
      }
      complaint = undefined;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (message !== complaint) logger.error({ err: error }, `${what}: keeping the previous certificate: ${message}`);
      complaint = message;
    }
  }

  return {
    server,
    unwatch: () => {
      isOver = true;
      cancel();
    },
  };
}

function contextOf({ cert, key, ca }: Certificate): SecureContextOptions {
  return { cert, key, ...(ca === undefined ? {} : { ca }), minVersion: 'TLSv1.2' };
}
