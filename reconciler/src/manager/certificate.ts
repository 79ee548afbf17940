import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';

/** The TLS files of a server, in PEM, such as those of a mounted Secret of type `kubernetes.io/tls`. */
export interface TlsFiles {
  /** The server's certificate, followed by the chain to its CA. */
  readonly certFile: string;
  /** The private key of that certificate, without a passphrase. */
  readonly keyFile: string;
  /** Certificates of CAs. If set, clients must present a certificate that one of them has signed. */
  readonly clientCaFile?: string | undefined;
}

/** The validated contents of the files. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
  readonly ca?: string;
  /** When the server's certificate expires. */
  readonly expires: Date;
}

/**
 * Reads and validates the files.
 * @throws Error with one sentence that names the file, what is wrong with it and the remedy
 */
export async function readCertificate(files: TlsFiles): Promise<Certificate> {
  const { certFile, keyFile, clientCaFile } = files;
  const { cert, key, ca } = await readSettled(files);
  const [own] = certificatesOf(cert, 'certificate', certFile);
  if (own === undefined || !own.checkPrivateKey(privateKeyOf(key, keyFile)))
    throw new Error(`the key in "${keyFile}" does not belong to the first certificate in "${certFile}"; both must come from one Secret`);
  try {
    createSecureContext({ cert, key });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`the certificate in "${certFile}" and the key in "${keyFile}" cannot be used: ${why}; issue stronger ones`, { cause });
  }
  if (ca === undefined) return { cert, key, expires: own.validToDate };
  certificatesOf(ca, 'client CA', clientCaFile ?? '');
  return { cert, key, ca, expires: own.validToDate };
}

/** Whether two reads have the same content. */
export function isSameCertificate(a: Certificate, b: Certificate): boolean {
  return a.cert === b.cert && a.key === b.key && a.ca === b.ca;
}

interface Contents {
  readonly cert: string;
  readonly key: string;
  readonly ca: string | undefined;
}

/** A volume may be replaced between two reads, but not more often than this in a row. */
const MAX_READS = 5;

/** Reads until two reads in a row agree, so that no certificate is combined with the key of another. */
async function readSettled(files: TlsFiles): Promise<Contents> {
  let last = await readContents(files);
  for (let reads = 1; reads < MAX_READS; reads += 1) {
    const next = await readContents(files);
    if (next.cert === last.cert && next.key === last.key && next.ca === last.ca) break;
    last = next;
  }
  return last;
}

async function readContents({ certFile, keyFile, clientCaFile }: TlsFiles): Promise<Contents> {
  return {
    cert: await readPem('certificate', certFile),
    key: await readPem('key', keyFile),
    ca: clientCaFile === undefined ? undefined : await readPem('client CA', clientCaFile),
  };
}

async function readPem(what: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'does not exist; mount the Secret that has it, or name another file' : `cannot be read: ${message}`;
    throw new Error(`the ${what} file "${file}" ${why}`, { cause });
  }
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

function certificatesOf(pem: string, what: string, file: string): X509Certificate[] {
  const blocks = pem.match(CERTIFICATE) ?? [];
  if (blocks.length === 0) throw new Error(`the ${what} file "${file}" holds no certificate in PEM; correct it`);
  try {
    return blocks.map((block) => new X509Certificate(block));
  } catch (cause) {
    throw new Error(`the ${what} file "${file}" holds a certificate that cannot be read; correct it`, { cause });
  }
}

function privateKeyOf(pem: string, file: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    throw new Error(`the key file "${file}" holds no private key in PEM that can be read without a passphrase; correct it`, { cause });
  }
}
