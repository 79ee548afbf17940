import { expect, test } from '@jest/globals';
import { readControllerSettings } from './options.ts';

test.each<[what: string, args: string[], env: Record<string, string>, expected: Record<string, unknown>]>([
  ['a list in KUBECONFIG is left to the loader of kubeconfigs', [], { KUBECONFIG: 'a:b' }, {}],
  ['--kubeconfig names one file', ['--kubeconfig', 'c'], { KUBECONFIG: 'a:b' }, { kubeconfig: 'c' }],
  ['without its flag there are no network policies', ['--scraper-namespaces=a'], {}, { networkPolicy: undefined }],
  [
    'a network policy admits the pods that are named',
    ['--network-policy=true', '--controller-pods=system/app.kubernetes.io/name=c,tier=', '--scraper-namespaces=a, b'],
    {},
    {
      networkPolicy: {
        controllerPods: { namespace: 'system', labels: { 'app.kubernetes.io/name': 'c', tier: '' } },
        scraperNamespaces: ['a', 'b'],
      },
    },
  ],
  [
    'a controller that asks nobody need not be admitted',
    ['--registry-access=none'],
    { NETWORK_POLICY: 'true' },
    { networkPolicy: { scraperNamespaces: [] } },
  ],
  ['registries show browsers a page', [], {}, { registryUi: true }],
  ['registries show none, as the chart says it', ['--registry-ui=false'], {}, { registryUi: false }],
  ['registries show none, as people say it', ['--no-registry-ui'], { REGISTRY_UI: 'true' }, { registryUi: false }],
  ['registries show none, by the variable', [], { REGISTRY_UI: 'false' }, { registryUi: false }],
  ['levels may be in capitals', [], { LOG_LEVEL: 'WARNING' }, { logLevel: 'warn' }],
])('%s', (_, args, env, expected) => {
  const read = readControllerSettings(['--registry-server-image', 'i', ...args], env);
  if (read.kind !== 'run') throw new Error(read.kind);
  expect(read.settings).toMatchObject(expected);
  if (expected['kubeconfig'] === undefined) expect(read.settings.kubeconfig).toBeUndefined();
});
