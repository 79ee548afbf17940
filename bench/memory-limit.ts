import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scope } from './scope.ts';

/** Where control groups are, and the file that limits the memory of one: version 1, then version 2 (kernel's cgroup documentation). */
const GROUPS = [
  ['/sys/fs/cgroup/memory', 'memory.limit_in_bytes'],
  ['/sys/fs/cgroup', 'memory.max'],
] as const;

/** Creates a control group with a memory limit in bytes, like that of a container. Undefined if this machine does not allow it. */
export function memoryLimit(scope: Scope, bytes: number): { add(pid: number): void } | undefined {
  for (const [parent, limit] of GROUPS) {
    const group = join(parent, `registry-bench-${process.pid}`);
    try {
      mkdirSync(group);
    } catch {
      continue;
    }
    scope.defer(() => Promise.resolve(rmdirSync(group)));
    try {
      writeFileSync(join(group, limit), String(bytes));
    } catch {
      continue;
    }
    return { add: (pid) => writeFileSync(join(group, 'cgroup.procs'), String(pid)) };
  }
  return undefined;
}
