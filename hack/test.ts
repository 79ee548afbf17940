/**
 * `make test [ARGS=pattern]`: every suite that can run here. Suites against a real API server (`*.apiserver.test.ts`) need etcd and
 * kube-apiserver; without them they are left out with one line that says so. In CI nothing may be left out.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { assetsDir } from '@toolhive-registry/testenv';

const patterns = process.argv.slice(2);
const apiServer = assetsDir() !== undefined;
const ci = process.env['CI'] === 'true' || process.env['CI'] === '1';
const skipped = globSync('*/src/**/*.apiserver.test.ts').length + globSync('e2e/testenv/src/**/*.apiserver.test.ts').length;

if (!apiServer && ci) {
  console.error(
    'etcd and kube-apiserver are missing: in CI no suite may be left out. Run "make cluster-build" first, or set KUBEBUILDER_ASSETS.',
  );
  process.exit(1);
}
mkdirSync('.cache', { recursive: true });
const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const args = [
  jest,
  '--json',
  '--outputFile=.cache/jest.json',
  // With a space jest would take the patterns that follow for more of these.
  ...(apiServer ? [] : [String.raw`--testPathIgnorePatterns=\.apiserver\.test\.ts$`]),
  ...patterns,
];
const { status } = spawnSync(process.execPath, ['--experimental-vm-modules', '--no-warnings', ...args], { stdio: 'inherit' });
if (!existsSync('.cache/jest.json')) process.exit(1);
if (!apiServer) {
  console.log(
    `Left out: ${skipped} suites against a real API server. Run "make cluster-build" once (11 minutes), or set KUBEBUILDER_ASSETS to a folder with etcd and kube-apiserver.`,
  );
}
if (process.getuid?.() !== 0) console.log('Left out: a test with a full disk. It takes root.');
if (!existsSync('/usr/sbin/sshd')) console.log('Left out: the tests of Git over ssh. Install openssh-server.');
process.exitCode = status ?? 1;
