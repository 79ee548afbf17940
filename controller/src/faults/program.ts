import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { waitFor, watchOver } from '@toolhive-registry/testenv';
import { startProxy, type Faults, type Proxy } from './proxy.ts';
import { POLICIES, type World } from './world.ts';

/** The controller as a separate process that reaches the API server through its own proxy. */
export interface Program {
  readonly proxy: Proxy;
  readonly isAlive: boolean;
  /** The last lines of its log. */
  log(): string;
  /** The identities under which it has held Leases, from its log. */
  readonly identities: ReadonlySet<string>;
  /** SIGKILL: it writes nothing more and releases nothing. Resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGSTOP, like a machine that hangs. */
  pause(): void;
  resume(): void;
  /** SIGTERM: it shuts down cleanly, and releases its Lease. */
  stop(): Promise<void>;
}

/** How a program is started. */
export interface ProgramOptions {
  /** Default: all. */
  readonly namespace?: string;
  /** Default: it always leads. */
  readonly leaderElect?: boolean;
  readonly faults?: Faults;
}

/** For debugging: a directory for logs at level debug. */
const LOGS = process.env['FAULTS_LOGS'];
const ACQUIRED = /"holder":"([^"]+)","msg":"acquired the lease"/g;
const KEPT_LOG = 65_536;
const GRACE_MS = 20_000;

/** Starts the bundled controller as its image would. Does not wait until it is ready. */
export async function startProgram(world: World, { namespace, leaderElect = false, faults = {} }: ProgramOptions = {}): Promise<Program> {
  const name = `controller-${randomUUID()}`;
  const proxy = await startProxy(world.cluster.api, name, world.folder, faults);
  const args = [
    world.bundle,
    `--kubeconfig=${proxy.kubeconfigPath}`,
    '--metrics-address=127.0.0.1:0',
    '--health-address=127.0.0.1:0',
    '--registry-server-image=registry.example.com/server:1',
    '--network-policy=true',
    '--controller-pods=toolhive-system/app.kubernetes.io/component=controller',
    '--installation=toolhive-system/toolhive-registry',
    `--enforcement-policies=${POLICIES}`,
    ...(namespace === undefined ? [] : [`--watch-namespaces=${namespace}`]),
    ...(leaderElect ? [] : ['--no-leader-elect']),
    ...(LOGS === undefined ? [] : ['--log-level=debug']),
  ];
  const child = spawn(process.execPath, args, { env: { PATH: process.env['PATH'] ?? '' }, stdio: ['ignore', 'ignore', 'pipe'] });
  // It must not outlive a test run that is killed.
  const endWatch = child.pid === undefined ? undefined : watchOver(child.pid, world.folder);
  child.once('exit', () => endWatch?.());
  let log = '';
  const identities = new Set<string>();
  const file = LOGS === undefined ? undefined : createWriteStream(join(LOGS, `${name}.log`));
  child.stderr.on('data', (chunk: Buffer) => {
    const text = chunk.toString();
    for (const [, identity = ''] of text.matchAll(ACQUIRED)) identities.add(identity);
    log = (log + text).slice(-KEPT_LOG);
    file?.write(chunk);
  });
  const isAlive = (): boolean => child.exitCode === null && child.signalCode === null;
  const ended = async (signal: NodeJS.Signals): Promise<void> => {
    if (isAlive()) {
      const exit = once(child, 'exit');
      child.kill(signal);
      await exit;
    }
    await proxy.close();
  };
  const program: Program = {
    proxy,
    get isAlive() {
      return isAlive();
    },
    log: () => log,
    identities,
    kill: () => ended('SIGKILL'),
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    stop: async () => {
      const timer = killAfter(child, GRACE_MS);
      await ended('SIGTERM');
      clearTimeout(timer);
    },
  };
  world.programs.add(program);
  return program;
}

function killAfter(child: ChildProcess, ms: number): NodeJS.Timeout {
  return setTimeout(() => child.kill('SIGKILL'), ms);
}

/** Waits until the program logs that all its watches are established. */
export async function untilWorking(program: Program): Promise<void> {
  await waitFor(
    () => {
      if (!program.isAlive) throw new Error(`the controller ended: ${program.log()}`);
      return program.log().includes('"msg":"controller started"');
    },
    { message: `the controller to work; its log: ${program.log()}`, deadlineMs: 30_000 },
  );
}
