// For tests: shared by the suites of the controller. Each file has one subject.
export { startBench, type Bench } from './testing/bench.ts';
export { crdFile, HTTP_ROUTE_CRD, startCluster, type Cluster, type Obj } from './testing/cluster.ts';
export { NETWORK_POLICY, startController, type RunningController } from './testing/controller.ts';
export { catalogConfigMap, CHILDREN, condition, registryObject } from './testing/objects.ts';
export { createPod, createReplicaSet, runningAt, type TestPod } from './testing/pods.ts';
export { runController, type Run } from './testing/process.ts';
