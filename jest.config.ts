import type { Config } from 'jest';

/** How a kind of source becomes an ES module. */
function swc(jsc: object): [string, object] {
  return ['@swc/jest', { jsc: { ...jsc, target: 'es2024', experimental: { keepImportAttributes: true } }, module: { type: 'es6' } }];
}

/**
 * Every suite stands beside its code as `*.test.ts`, those of components as `*.test.tsx`. `*.apiserver.test.ts` needs a real etcd and kube-apiserver
 * (KUBEBUILDER_ASSETS); hack/test.ts decides whether they can run and says so when they cannot.
 */
const config: Config = {
  testEnvironment: 'node',
  roots: [
    'docs',
    'api',
    'catalog',
    'reconciler',
    'registry-server',
    'controller',
    'cli',
    'web',
    'e2e/testenv',
    'e2e/alerts',
    'examples',
    'hack',
  ].map((dir) => `<rootDir>/${dir}`),
  testMatch: ['**/*.test.ts', '**/*.test.tsx'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.ts$': swc({ parser: { syntax: 'typescript' } }),
    '^.+\\.tsx$': swc({
      parser: { syntax: 'typescript', tsx: true },
      transform: { react: { runtime: 'automatic', importSource: 'preact' } },
    }),
  },
  testTimeout: 20_000,
  maxWorkers: 2,
};

export default config;
