import { expect, test } from '@jest/globals';
import { selfSigned } from '@toolhive-registry/reconciler/testing';
import { COMMON } from './testing.ts';
import { sourceSecrets } from './secrets.ts';

const { cert } = selfSigned();

test.each<[string, string, string | undefined]>([
  ['a certificate', cert, undefined],
  ['several, with texts between them', `# one\n${cert}# two\n${cert}`, undefined],
  ['no certificate', 'replace me', 'holds no certificate in PEM'],
  [
    'one that was never filled in',
    '-----BEGIN CERTIFICATE-----\nreplace me\n-----END CERTIFICATE-----\n',
    'holds a certificate that cannot be read',
  ],
  ['one with a damaged character', cert.replace(/M/, '!'), 'holds a certificate that cannot be read'],
  ['one that is cut off', cert.slice(0, 300), 'holds a certificate that cannot be read'],
  [
    'a good one before a bad one',
    `${cert}-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n`,
    'holds a certificate that cannot be read',
  ],
])('of certificates %s', async (_, pem, refusal) => {
  const secrets = sourceSecrets(
    { ...COMMON, type: 'url', url: 'https://a.test', tls: { caConfigMapRef: { name: 'ca', key: 'ca.crt' } } },
    {
      secretsPath: '/nowhere',
      secret: () => undefined,
      configMap: () => new Map([['ca.crt', Buffer.from(pem)]]),
      unread: () => [],
    },
  );
  if (refusal === undefined) expect(await secrets.certificates()).toBe(pem);
  else {
    await expect(secrets.certificates()).rejects.toMatchObject({
      reason: 'SecretNotFound',
      message: `ConfigMap "ca", key "ca.crt" ${refusal}; correct it`,
    });
  }
});
