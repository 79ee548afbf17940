import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ApiServer } from '@toolhive-registry/testenv';
import type { Scope } from './scope.ts';

/** Where a pod finds its token. */
const MOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** How to start a program so that it believes it runs in a pod. */
export interface InPod {
  readonly nodeArgs: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Lets a program reach the API server as in a pod. With a kubeconfig it would load client-node, which no pod does and which is half of the memory.
 * The folder that Kubernetes mounts cannot be made here, so the program's reads of it are redirected.
 */
export async function inPod(scope: Scope, api: ApiServer): Promise<InPod> {
  const folder = await scope.folder();
  const { hostname, port } = new URL(api.url);
  await writeFile(join(folder, 'token'), api.adminToken, { mode: 0o600 });
  await writeFile(join(folder, 'ca.crt'), api.ca);
  await writeFile(join(folder, 'namespace'), 'default');
  const redirect = `
    import fs from 'node:fs/promises';
    import { syncBuiltinESMExports } from 'node:module';
    for (const name of ['access', 'readFile']) {
      const real = fs[name];
      fs[name] = (path, ...rest) => real(typeof path === 'string' ? path.replace(${JSON.stringify(MOUNT)}, ${JSON.stringify(folder)}) : path, ...rest);
    }
    syncBuiltinESMExports();`;
  return {
    nodeArgs: ['--import', `data:text/javascript,${encodeURIComponent(redirect)}`],
    env: { KUBECONFIG: '', KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port },
  };
}
