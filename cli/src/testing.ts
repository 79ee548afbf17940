// For tests: what suites of the command line share. Each file has one subject.
export { expectFile } from './testing/expect-file.ts';
export { createHosts, type Hosts } from './testing/hosts.ts';
export { fakeNodes, type FakeNodes } from './testing/fake-nodes.ts';
export { builtProgram, onTerminal, watched, type Ended, type Program, type Started, type Watched } from './testing/program.ts';
export { testCluster, type TestCluster } from './testing/test-cluster.ts';
