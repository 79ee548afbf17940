import { generateKeyPairSync, sign } from 'node:crypto';

/** A server's key and its self-signed certificate, PEM. The certificate is its own CA. */
export interface SelfSigned {
  readonly key: string;
  readonly cert: string;
}

const SEQUENCE = 0x30;
const ECDSA_WITH_SHA256 = der(SEQUENCE, oid('2a8648ce3d040302'));

/**
 * Creates a certificate for 127.0.0.1 and an optional name, valid from 2000 until the given year, by default 2049 (RFC 5280 §4.1, encoded in DER by hand: Node
 * can only read certificates).
 */
export function selfSigned(dnsName?: string, lastYear = 2049): SelfSigned {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = der(SEQUENCE, der(0x31, der(SEQUENCE, oid('550403'), der(0x0c, Buffer.from('fake API server')))));
  const validity = der(
    SEQUENCE,
    der(0x17, Buffer.from('000101000000Z')),
    der(0x17, Buffer.from(`${String(lastYear % 100).padStart(2, '0')}1231235959Z`)),
  );
  const names = dnsName === undefined ? [] : [der(0x82, Buffer.from(dnsName))];
  const alternative = extension('551d11', der(SEQUENCE, der(0x87, Buffer.from([127, 0, 0, 1])), ...names));
  const authority = extension('551d13', der(SEQUENCE, der(0x01, Buffer.from([0xff]))));
  const body = der(
    SEQUENCE,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    ECDSA_WITH_SHA256,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(SEQUENCE, authority, alternative)),
  );
  const signature = sign('sha256', body, privateKey);
  const certificate = der(SEQUENCE, body, ECDSA_WITH_SHA256, der(0x03, Buffer.from([0]), signature));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  };
}

function extension(id: string, value: Buffer): Buffer {
  return der(SEQUENCE, oid(id), der(0x04, value));
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}
