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
  ['registries may be exposed', [], {}, { expose: { ingress: true, gateway: true } }],
  ['registries may not be exposed', ['--expose=none'], {}, { expose: { ingress: false, gateway: false } }],
  [
    'registries may be exposed under some hosts',
    ['--expose=gateway', '--expose-hosts=a.example.com, *.b.example.com'],
    {},
    { expose: { ingress: false, gateway: true, hosts: ['a.example.com', '*.b.example.com'] } },
  ],
  ['registries show browsers a page', [], {}, { registryUi: true }],
  ['registries show none, as the chart says it', ['--registry-ui=false'], {}, { registryUi: false }],
  ['registries show none, as people say it', ['--no-registry-ui'], { REGISTRY_UI: 'true' }, { registryUi: false }],
  ['registries show none, by the variable', [], { REGISTRY_UI: 'false' }, { registryUi: false }],
  ['registries inherit nothing', [], {}, { registryDefaults: {} }],
  [
    'registries inherit what is said',
    ['--registry-image-pull-secrets=a, b', '--registry-sync-interval=30m', '--registry-resources={"limits":{"memory":"1Gi","cpu":1}}'],
    {},
    { registryDefaults: { imagePullSecrets: ['a', 'b'], syncInterval: '30m', resources: { limits: { memory: '1Gi', cpu: '1' } } } },
  ],
  [
    'registry servers inherit variables',
    [
      '--registry-private-addresses=deny',
      '--registry-log-level=DEBUG',
      '--registry-log-format=pretty',
      '--registry-no-proxy=.svc,10.0.0.0/8',
    ],
    { REGISTRY_HTTP_PROXY: 'http://p:1', REGISTRY_HTTPS_PROXY: 'http://p:2' },
    {
      registryDefaults: {
        env: {
          PRIVATE_ADDRESSES: 'deny',
          LOG_LEVEL: 'debug',
          LOG_FORMAT: 'pretty',
          HTTP_PROXY: 'http://p:1',
          HTTPS_PROXY: 'http://p:2',
          NO_PROXY: '.svc,10.0.0.0/8',
        },
      },
    },
  ],
  ["the controller's own proxy and log are its own", [], { HTTPS_PROXY: 'http://p:1', LOG_LEVEL: 'debug' }, { registryDefaults: {} }],
  ['metrics are served without TLS', [], {}, { metricsTls: undefined }],
  [
    'metrics are served over TLS',
    ['--metrics-cert-file=/tls/tls.crt', '--metrics-client-ca-file=/tls/client-ca.crt'],
    { METRICS_KEY_FILE: '/tls/tls.key' },
    { metricsTls: { certFile: '/tls/tls.crt', keyFile: '/tls/tls.key', clientCaFile: '/tls/client-ca.crt' } },
  ],
  ['levels may be in capitals', [], { LOG_LEVEL: 'WARNING' }, { logLevel: 'warn' }],
])('%s', (_, args, env, expected) => {
  const read = readControllerSettings(['--registry-server-image', 'i', ...args], env);
  if (read.kind !== 'run') throw new Error(read.kind);
  expect(read.settings).toMatchObject(expected);
  if (expected['kubeconfig'] === undefined) expect(read.settings.kubeconfig).toBeUndefined();
});

test.each<[flag: string, value: string, says: string]>([
  ['image-pull-secrets', 'a,B', 'has "B", which is not a valid Secret name'],
  ['sync-interval', 'hourly', 'is "hourly"; write a duration from 5s to 8760h'],
  ['sync-interval', '1s', 'is "1s"; write a duration from 5s to 8760h'],
  ['sync-interval', '8761h', 'is "8761h"'],
  ['private-addresses', 'no', 'is "no"; use one of allow, deny'],
  ['log-level', 'loud', 'is "loud"; use one of'],
  ['resources', 'lots', 'is "lots", which is not a JSON object'],
  ['resources', '[]', 'is "[]", which is not a JSON object'],
  ['resources', '{"limit":{}}', 'has "limit"'],
  ['resources', '{"limits":"1Gi"}', 'has limits that are not an object'],
  ['resources', '{"limits":{"memory":"lots"}}', 'has "lots" for memory in limits, which is not a quantity'],
])('--registry-%s=%s is refused', (flag, value, says) => {
  const read = (): unknown => readControllerSettings(['--registry-server-image', 'i', `--registry-${flag}=${value}`], {});
  expect(read).toThrow(`--registry-${flag} ${says}`);
});

test.each<[flag: string, value: string, says: string]>([
  ['expose', 'ingress,route', 'has "route"; use ingress, gateway, both separated by a comma, or none'],
  ['expose', 'none,ingress', 'has "none"'],
  ['expose-hosts', 'a.example.com,https://b', 'has "https://b", which is not a host name'],
  ['expose-hosts', '10.0.0.1', 'has "10.0.0.1"'],
])('--%s=%s is refused', (flag, value, says) => {
  const read = (): unknown => readControllerSettings(['--registry-server-image', 'i', `--${flag}=${value}`], {});
  expect(read).toThrow(`--${flag} ${says}`);
});

test.each<[args: string[], lonely: string]>([
  [['--metrics-cert-file=a'], '--metrics-cert-file is "a"'],
  [['--metrics-key-file=b'], '--metrics-key-file is "b"'],
  [['--metrics-client-ca-file=c'], '--metrics-client-ca-file is "c"'],
  [['--metrics-client-ca-file=c', '--metrics-key-file=b'], '--metrics-key-file is "b"'],
])('incomplete TLS settings are refused: %j', (args, lonely) => {
  expect(() => readControllerSettings(['--registry-server-image', 'i', ...args], {})).toThrow(
    `${lonely} and TLS needs both --metrics-cert-file and --metrics-key-file; set both or neither`,
  );
});
