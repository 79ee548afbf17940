import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rename, rm, symlink, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type ConnectionOptions } from 'node:tls';
import { Agent, request } from 'undici';
import type { Logger } from '../logger.ts';
import { eventually } from '../testing/eventually.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { selfSigned, type SelfSigned } from '../testing/self-signed.ts';
import type { TlsFiles } from './certificate.ts';
import type { Manager } from './manager.ts';
import { fetchText, ManagerBench } from './test-bench.ts';
import { LOOK_MS } from './tls-server.ts';

/** Node closes the connection without a TLS alert. */
const SHUT_OUT = /other side closed|ECONNRESET/;

let bench: ManagerBench;
let folder: string;
let files: TlsFiles;
let clock: ManualClock;
let log: [level: string, message: string, fields: object][];
let agents: Agent[];
let running: Promise<void> | undefined;

beforeEach(async () => {
  bench = await ManagerBench.open();
  folder = await mkdtemp(join(tmpdir(), 'manager-tls-'));
  files = { certFile: join(folder, 'tls.crt'), keyFile: join(folder, 'tls.key') };
  clock = new ManualClock(Date.now());
  log = [];
  agents = [];
});

afterEach(async () => {
  for (const agent of agents) await agent.destroy();
  await bench.close();
  await running?.catch(() => undefined);
  running = undefined;
  await rm(folder, { recursive: true });
});

const logger: Logger = {
  debug: (fields, message) => void log.push(['debug', message, fields]),
  info: (fields, message) => void log.push(['info', message, fields]),
  warn: (fields, message) => void log.push(['warn', message, fields]),
  error: (fields, message) => void log.push(['error', message, fields]),
};

function logged(level: string): string[] {
  return log.filter((line) => line[0] === level).map(([, message]) => message);
}

/** Replaces all files of the directory atomically, as the kubelet does with those of a Secret. */
async function mount(contents: Readonly<Record<string, string>>): Promise<void> {
  const generation = await mkdtemp(join(folder, '..generation-'));
  for (const [name, content] of Object.entries(contents)) {
    await writeFile(join(generation, name), content);
    await symlink(join('..data', name), join(folder, name)).catch(() => undefined);
  }
  await symlink(generation, join(folder, '..data_tmp'));
  await rename(join(folder, '..data_tmp'), join(folder, '..data'));
}

function mountServer({ cert, key }: SelfSigned, clientCa?: string): Promise<void> {
  return mount({ 'tls.crt': cert, 'tls.key': key, ...(clientCa === undefined ? {} : { 'client-ca.crt': clientCa }) });
}

/** Starts a manager that serves metrics over TLS. Returns the address. */
async function start(tls: TlsFiles = files): Promise<string> {
  const manager: Manager = bench.create(async () => undefined, { metricsTls: tls, clock, logger });
  running = manager.run(bench.stop.signal);
  await Promise.race([running, eventually(() => expect(manager.addresses).toBeDefined())]);
  // Probes stay unchanged: the kubelet asks without TLS.
  expect((await fetchText(manager.addresses?.health, '/healthz')).status).toBe(200);
  return manager.addresses?.metrics ?? '';
}

/** A client with one kept-alive connection. */
function client(
  options: Pick<ConnectionOptions, 'ca' | 'cert' | 'key' | 'ciphers' | 'minVersion' | 'maxVersion'>,
): (address: string) => Promise<number> {
  const agent = new Agent({ connect: options, connections: 1 });
  agents.push(agent);
  return async (address) => {
    const { statusCode, body } = await request(`https://${address}/metrics`, { dispatcher: agent });
    expect(await body.text()).toContain('workqueue_depth{name="maps"} 0');
    return statusCode;
  };
}

/** Checks the files, and waits until that is done. */
async function look(): Promise<void> {
  clock.advance(LOOK_MS);
  await eventually(() => expect(clock.pending).toBeGreaterThan(0));
}

describe('metrics over TLS', () => {
  test('are served to clients that trust the certificate, over TLS 1.2 and 1.3 only', async () => {
    const one = selfSigned();
    await mountServer(one);
    const address = await start();
    expect(await client({ ca: one.cert })(address)).toBe(200);
    expect(await client({ ca: one.cert, maxVersion: 'TLSv1.2' })(address)).toBe(200);
    await expect(client({ ca: selfSigned().cert })(address)).rejects.toThrow('self-signed certificate');
    // At the lowest security level OpenSSL itself would speak TLS 1.1.
    const old = { ca: one.cert, minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    await expect(client(old)(address)).rejects.toThrow(/protocol version/);
    await expect(fetchText(address, '/metrics')).rejects.toThrow(SHUT_OUT);
    expect(log).toContainEqual(['info', 'metrics: using certificate', expect.objectContaining({ certFile: files.certFile })]);
  });

  test('use renewed files for new connections, and keep open ones', async () => {
    const [one, two] = [selfSigned(), selfSigned()];
    await mountServer(one);
    const address = await start();
    const socket = connect({ host: '127.0.0.1', port: Number(address.split(':').at(-1)), ca: one.cert });
    await once(socket, 'secureConnect');
    await mountServer(two);
    await look();
    expect(await eventually(() => client({ ca: two.cert })(address))).toBe(200);
    await expect(client({ ca: one.cert })(address)).rejects.toThrow('self-signed certificate');
    socket.write('GET /metrics HTTP/1.1\r\nhost: a\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 200 OK/);
    socket.destroy();
    expect(logged('info').filter((message) => message === 'metrics: using certificate')).toHaveLength(2);
  });

  test('stay unchanged while the files cannot be used, which is logged once', async () => {
    const [one, two] = [selfSigned(), selfSigned()];
    await mountServer(one);
    const address = await start();
    await mount({ 'tls.crt': two.cert, 'tls.key': one.key });
    for (let looks = 0; looks < 3; looks += 1) await look();
    expect(await client({ ca: one.cert })(address)).toBe(200);
    expect(logged('error')).toEqual([
      `metrics: keeping the previous certificate: the key in "${files.keyFile}" does not belong to the first certificate in "${files.certFile}"; both must come from one Secret`,
    ]);
    await mountServer(two);
    await look();
    expect(await client({ ca: two.cert })(address)).toBe(200);
  });

  test('are served with an expired certificate and a warning in the log', async () => {
    await mountServer(selfSigned(undefined, 2020));
    await start();
    expect(logged('warn')).toEqual(['metrics: using a certificate that has expired; renew it']);
  });

  test('answer only clients with a certificate of the CA, if configured; another CA locks out the former clients', async () => {
    const [server, one, two] = [selfSigned(), selfSigned(), selfSigned()];
    await mountServer(server, one.cert);
    const address = await start({ ...files, clientCaFile: join(folder, 'client-ca.crt') });
    const as = (own?: SelfSigned): Promise<number> =>
      client({ ca: server.cert, ...(own === undefined ? {} : { cert: own.cert, key: own.key }) })(address);
    expect(await as(one)).toBe(200);
    await expect(as(two)).rejects.toThrow(SHUT_OUT);
    await expect(as()).rejects.toThrow(SHUT_OUT);
    await eventually(() => expect(logged('debug')).toEqual([1, 2].map(() => 'a TLS handshake with a client of metrics failed')));
    await mountServer(server, two.cert);
    await look();
    expect(await as(two)).toBe(200);
    await expect(as(one)).rejects.toThrow(SHUT_OUT);
  });
});

describe('a manager does not start', () => {
  const good = selfSigned();
  const locked = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' },
  }).privateKey;
  const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';

  test.each<[what: string, contents: Record<string, string>, says: RegExp]>([
    [
      'without the certificate',
      { 'tls.key': good.key },
      /the certificate file ".+\/tls\.crt" does not exist; mount the Secret that has it/,
    ],
    ['without the key', { 'tls.crt': good.cert }, /the key file ".+\/tls\.key" does not exist/],
    ['with a certificate that is none', { 'tls.crt': 'x', 'tls.key': good.key }, /the certificate file ".+" holds no certificate in PEM/],
    ['with a broken certificate', { 'tls.crt': broken, 'tls.key': good.key }, /the certificate file ".+" holds a certificate that cannot/],
    ['with a key that is none', { 'tls.crt': good.cert, 'tls.key': 'x' }, /the key file ".+" holds no private key in PEM/],
    [
      'with a key that is locked',
      { 'tls.crt': good.cert, 'tls.key': locked },
      /no private key in PEM that can be read without a passphrase/,
    ],
    [
      'with the key of another',
      { 'tls.crt': good.cert, 'tls.key': selfSigned().key },
      /does not belong to the first certificate in ".+crt"/,
    ],
    ['without the CA of clients', { 'tls.crt': good.cert, 'tls.key': good.key }, /the client CA file ".+\/client-ca\.crt" does not exist/],
    [
      'with a CA of clients that is none',
      { 'tls.crt': good.cert, 'tls.key': good.key, 'client-ca.crt': '' },
      /the client CA file ".+" holds no certificate/,
    ],
  ])('%s', async (what, contents, says) => {
    await mount(contents);
    const clientCaFile = what.includes('CA of clients') ? join(folder, 'client-ca.crt') : undefined;
    const manager = bench.create(async () => undefined, { metricsTls: { ...files, clientCaFile }, clock, logger });
    const failure = await manager.run(bench.stop.signal).catch((error: unknown) => String(error));
    expect(failure).toMatch(says);
    expect(failure).toContain('cannot serve metrics on 127.0.0.1:0: ');
    expect(clock.pending).toBe(0);
  });

  test('with a directory in place of a file', async () => {
    await mkdir(files.certFile);
    const manager = bench.create(async () => undefined, { metricsTls: files, clock, logger });
    await expect(manager.run(bench.stop.signal)).rejects.toThrow(/the certificate file ".+\/tls\.crt" cannot be read: EISDIR/);
  });
});
