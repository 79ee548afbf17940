import { expect, test } from '@jest/globals';
import { readControllerSettings } from './options.ts';

test.each<[what: string, args: string[], env: Record<string, string>, expected: Record<string, unknown>]>([
  ['a list in KUBECONFIG is left to the loader of kubeconfigs', [], { KUBECONFIG: 'a:b' }, {}],
  ['--kubeconfig names one file', ['--kubeconfig', 'c'], { KUBECONFIG: 'a:b' }, { kubeconfig: 'c' }],
  ['levels may be in capitals', [], { LOG_LEVEL: 'WARNING' }, { logLevel: 'warn' }],
])('%s', (_, args, env, expected) => {
  const read = readControllerSettings(['--registry-server-image', 'i', ...args], env);
  if (read.kind !== 'run') throw new Error(read.kind);
  expect(read.settings).toMatchObject(expected);
  if (expected['kubeconfig'] === undefined) expect(read.settings.kubeconfig).toBeUndefined();
});
