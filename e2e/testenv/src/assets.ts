import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Programs that a test API server consists of. */
const programs = ['etcd', 'kube-apiserver'] as const;

/**
 * Folder with executable `etcd` and `kube-apiserver`: KUBEBUILDER_ASSETS, else the test cluster's (CLUSTER_HOME, by default
 * `~/.cache/registry-cluster`). Undefined when neither has both.
 */
export function assetsDir(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const wanted = env['KUBEBUILDER_ASSETS'];
  const folders = [...(wanted === undefined || wanted === '' ? [] : [wanted]), clusterPrograms(env)];
  return folders.find((folder) => programs.every((program) => isExecutable(join(folder, program))));
}

/** Prometheus' promtool: the test cluster's, else the one on the PATH. Undefined when there is none. */
export function promtoolPath(env: NodeJS.ProcessEnv = process.env): string | undefined {
  return clusterOrPath('promtool', env);
}

/** Prometheus itself: the test cluster's, else the one on the PATH. Undefined when there is none. */
export function prometheusPath(env: NodeJS.ProcessEnv = process.env): string | undefined {
  return clusterOrPath('prometheus', env);
}

/** A Chromium: the one that CHROMIUM names, else one on the PATH. Undefined when there is none. */
export function chromiumPath(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = env['CHROMIUM'];
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const found = ['chromium', 'chromium-browser', 'google-chrome'].flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...(named === undefined || named === '' ? [] : [named]), ...found].find(isExecutable);
}

function clusterOrPath(program: string, env: NodeJS.ProcessEnv): string | undefined {
  const folders = [clusterPrograms(env), ...(env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')];
  return folders.map((folder) => join(folder, program)).find(isExecutable);
}

/** Where `make cluster-build` puts programs. */
function clusterPrograms(env: NodeJS.ProcessEnv): string {
  return join(env['CLUSTER_HOME'] ?? join(homedir(), '.cache', 'registry-cluster'), 'bin');
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
