import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { freePorts } from '@toolhive-registry/testenv';
import { imageProgram, repositoryFile, type ImageProgram } from './image.ts';
import type { InPod } from './in-pod.ts';
import type { Program, Scope } from './scope.ts';

/** Bundles all programs, so that what is measured is what the sources are now. */
export function buildPrograms(): void {
  execFileSync(process.execPath, [repositoryFile('hack/build.ts')], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** A registry server and the base URLs of its two ports. */
export interface ServerProgram extends Program {
  readonly url: string;
  readonly internalUrl: string;
  /** Just before the process was made, in ms of `performance.now()`. */
  readonly startedAt: number;
}

/** Starts the registry server as its image does, on loopback and with an empty storage folder unless one is given. */
export async function startServerProgram(
  scope: Scope,
  image: ImageProgram,
  {
    config,
    sourcesPath,
    onePort,
    storage,
    core,
  }: {
    readonly config: string;
    readonly sourcesPath?: string;
    readonly onePort?: boolean;
    readonly storage?: string;
    readonly core?: number;
  },
): Promise<ServerProgram> {
  const [port = 0, internalPort = 0] = await freePorts(2);
  const args = [
    ...image.command,
    `--config=${config}`,
    ...(sourcesPath === undefined ? [] : [`--sources-path=${sourcesPath}`]),
    `--address=127.0.0.1:${port}`,
    ...(onePort === true ? [] : [`--internal-address=127.0.0.1:${internalPort}`]),
    `--storage-path=${storage ?? (await scope.folder())}`,
  ];
  const startedAt = performance.now();
  const program = scope.start('registry-server', args, { env: image.env, ...(core === undefined ? {} : { core }) });
  return {
    ...program,
    startedAt,
    url: `http://127.0.0.1:${port}`,
    internalUrl: `http://127.0.0.1:${onePort === true ? port : internalPort}`,
  };
}

/** A controller that was started. */
export interface ControllerProgram extends Program {
  readonly readyUrl: string;
  /** Just before the process was made, in ms of `performance.now()`. */
  readonly startedAt: number;
}

/** Starts the controller as image and chart do, on loopback. */
export async function startControllerProgram(scope: Scope, pod: InPod): Promise<ControllerProgram> {
  const [metrics = 0, health = 0] = await freePorts(2);
  const image = await imageProgram(scope, 'controller');
  const args = [
    ...pod.nodeArgs,
    ...image.command,
    `--metrics-address=127.0.0.1:${metrics}`,
    `--health-address=127.0.0.1:${health}`,
    '--registry-server-image=registry.example.com/server:1',
    '--network-policy=true',
    '--controller-pods=toolhive-system/app.kubernetes.io/component=controller',
  ];
  const env = { ...pod.env, ...image.env, NODE_OPTIONS: `--max-old-space-size=${chartHeapMiB()}` };
  const startedAt = performance.now();
  return { ...scope.start('controller', args, { env }), startedAt, readyUrl: `http://127.0.0.1:${health}/readyz` };
}

/** The heap limit that the chart gives the controller by default, in MiB. */
function chartHeapMiB(): number {
  const values = load(readFileSync(repositoryFile('charts/toolhive-registry/values.yaml'), 'utf8')) as {
    readonly heapPercent: number;
    readonly resources: { readonly limits: { readonly memory: string } };
  };
  const [, mebibytes] = /^(\d+)Mi$/u.exec(values.resources.limits.memory) ?? [];
  if (mebibytes === undefined) throw new Error("the chart's default memory limit is not in Mi; teach bench/programs.ts its unit");
  return Math.floor((Number(mebibytes) * values.heapPercent) / 100);
}
