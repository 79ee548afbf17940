import type { Config } from 'jest';

/**
 * Every suite stands beside its code as `*.test.ts`. `*.apiserver.test.ts` needs a real etcd and kube-apiserver
 * (KUBEBUILDER_ASSETS); hack/test.ts decides whether they can run and says so when they cannot.
 */
const config: Config = {
  testEnvironment: 'node',
  roots: ['docs', 'api', 'catalog', 'reconciler', 'registry-server', 'controller', 'cli', 'e2e/testenv', 'examples', 'hack'].map(
    (dir) => `<rootDir>/${dir}`,
  ),
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2024', experimental: { keepImportAttributes: true } },
        module: { type: 'es6' },
      },
    ],
  },
  testTimeout: 20_000,
  maxWorkers: 2,
};

export default config;
