import { assetsDir, startApiServer, waitFor } from '@toolhive-registry/testenv';
import { PARAMETERS } from '../controller/src/enforcement/names.ts';
import { MAX_PARTS, NO_REFERENCES, renderParameters, type Parameters } from '../controller/src/enforcement/parameters.ts';
import { installPolicies, putParameters, SERVER_KIND_CRDS } from '../controller/src/enforcement/testing.ts';
import { median, percentile, type PartResult } from './measure.ts';

const REFERENCES = 8_000;
const REQUESTS = 1_000;
/** Plain and judged requests alternate, so that disturbances affect both alike. */
const ROUNDS = 10;

/** What the admission policies cost: MCP servers that are made in a namespace with 8,000 allowed references, and in one where nobody enforces. */
export async function measureEnforcement(signal: AbortSignal): Promise<PartResult> {
  if (assetsDir() === undefined)
    return { measures: [], leftOut: 'etcd and kube-apiserver are missing; "make cluster-build" builds them (11 minutes, once)' };
  const api = await startApiServer({ crds: SERVER_KIND_CRDS });
  try {
    const cluster = { api };
    await installPolicies(cluster, 'admin');
    for (const name of ['plain', 'enforced']) {
      const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
      await api.request('POST', '/api/v1/namespaces', namespace);
    }
    const images = Array.from(
      { length: REFERENCES },
      (_, index) => `ghcr.io/some-organisation-${index % 700}/mcp-server-${index}:1.${index % 50}.0`,
    );
    const parameters = parametersOf(images);
    await putParameters(cluster, 'enforced', parameters);
    const make = async (namespace: string, image: string): Promise<number> => {
      signal.throwIfAborted();
      const path = `/apis/toolhive.stacklok.dev/v1beta1/namespaces/${namespace}/mcpservers?dryRun=All`;
      const object = { apiVersion: 'toolhive.stacklok.dev/v1beta1', kind: 'MCPServer', metadata: { name: 'a' }, spec: { image } };
      return (await api.request('POST', path, object)).status;
    };
    await waitFor(async () => (await make('enforced', 'evil')) === 403, { message: 'the policies to be in force', deadlineMs: 30_000 });
    const times: Record<string, number[]> = { plain: [], enforced: [] };
    for (let round = 0; round < ROUNDS; round += 1)
      for (const namespace of ['plain', 'enforced'])
        for (let index = 0; index < REQUESTS / ROUNDS; index += 1) {
          const from = performance.now();
          const status = await make(namespace, images[(index * 37 + round) % REFERENCES] ?? '');
          times[namespace]?.push(performance.now() - from);
          if (status !== 201) throw new Error(`an allowed server was answered with ${status}`);
        }
    const [plain = [], enforced = []] = [times['plain'], times['enforced']];
    const at = (values: readonly number[]): string => `${median(values).toFixed(2)} / ${percentile(values, 0.99).toFixed(2)}`;
    const { body } = await api.request('GET', `/api/v1/namespaces/enforced/configmaps/${PARAMETERS}`);
    return {
      measures: [
        {
          name: `enforcement: what the policies add to an admission with ${REFERENCES} references, p99`,
          value: percentile(enforced, 0.99) - percentile(plain, 0.99),
          unit: 'ms',
          target: { atMost: 5 },
          note: `${REQUESTS} requests each; median / p99 without ${at(plain)} ms, with ${at(enforced)} ms; the ConfigMap has ${JSON.stringify(body).length} bytes`,
        },
        {
          name: 'enforcement: references of this length that a namespace can allow',
          value: capacity(),
          unit: 'references',
          target: { atLeast: 100_000 },
          note: `in ${MAX_PARTS} ConfigMaps`,
        },
      ],
    };
  } finally {
    await api.stop();
  }
}

function parametersOf(images: readonly string[]): Parameters {
  return { registries: ['a'], active: { enforce: ['a'], audit: [] }, lists: new Map([['a', { ...NO_REFERENCES, images }]]) };
}

/** The largest list that fits, to 1,000 references. */
function capacity(): number {
  let [low, high] = [1_000, 500_000];
  while (high - low > 1_000) {
    const count = Math.round((low + high) / 2);
    const images = Array.from(
      { length: count },
      (_, index) => `ghcr.io/some-organisation-${index % 700}/mcp-server-${index}:1.${index % 50}.0`,
    );
    try {
      renderParameters(parametersOf(images), []);
      low = count;
    } catch {
      high = count;
    }
  }
  return low;
}
