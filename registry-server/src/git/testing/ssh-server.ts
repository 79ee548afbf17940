import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../testing.ts';

const SSHD = '/usr/sbin/sshd';

/** For tests: whether there is an ssh server. In CI it must not be missing. */
export function hasSshServer(): boolean {
  if (existsSync(SSHD)) return true;
  if (process.env['CI'] === 'true' || process.env['CI'] === '1') {
    throw new Error(`${SSHD} is missing: in CI no suite may be left out. Install openssh-server`);
  }
  return false;
}

/** For tests: an ssh server of this user. */
export interface SshServer extends AsyncDisposable {
  readonly port: number;
  /** `ssh://USER@127.0.0.1:PORT` */
  readonly url: string;
  readonly privateKey: string;
  /** A line for known_hosts. */
  readonly knownHosts: string;
}

/** For tests: starts an ssh server on a free port, with its files in a folder. */
export async function sshServer(folder: string): Promise<SshServer> {
  const keys = join(folder, 'ssh');
  await mkdir(keys, { recursive: true });
  for (const name of ['host', 'user']) execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', join(keys, name)]);
  // Its own rule for servers that root starts.
  if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 });
  const port = await freePort();
  const config = join(keys, 'sshd_config');
  const settings = {
    ListenAddress: `127.0.0.1:${port}`,
    HostKey: join(keys, 'host'),
    AuthorizedKeysFile: join(keys, 'user.pub'),
    PidFile: 'none',
    UsePAM: 'no',
    StrictModes: 'no',
    PasswordAuthentication: 'no',
    KbdInteractiveAuthentication: 'no',
    AcceptEnv: 'GIT_PROTOCOL',
  };
  await writeFile(
    config,
    Object.entries(settings)
      .map(([name, value]) => `${name} ${value}\n`)
      .join(''),
  );
  const server = spawn(SSHD, ['-D', '-e', '-f', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  server.stderr.on('data', (piece: Buffer) => (log += piece.toString()));
  const exited = new Promise((resolve) => server.once('exit', resolve));
  await eventually(
    () => (server.exitCode === null ? isListening(port) : Promise.reject(new Error(`sshd ended: ${log}`))),
    (listening) => listening,
  );
  const hostKey = (await readFile(join(keys, 'host.pub'), 'utf8')).split(' ', 2).join(' ');
  return {
    port,
    url: `ssh://${userInfo().username}@127.0.0.1:${port}`,
    privateKey: await readFile(join(keys, 'user'), 'utf8'),
    knownHosts: `[127.0.0.1]:${port} ${hostKey}\n`,
    [Symbol.asyncDispose]: async () => {
      server.kill();
      await exited;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}
