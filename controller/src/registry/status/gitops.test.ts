import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import type { MCPRegistryStatus } from '@toolhive-registry/api';
import fengari from 'fengari';
import { load } from 'js-yaml';
import { factsOf, statusDocument, withCondition } from '../../pods/testing.ts';
import { deriveStatus } from './derive.ts';
import type { Observation } from './observation.ts';
import { complete, deployment, observation } from './testing.ts';

const GUIDE = fileURLToPath(new URL('../../../../docs/gitops.md', import.meta.url));

interface Registry {
  readonly metadata: { readonly generation: number; readonly deletionTimestamp?: string };
  readonly status?: MCPRegistryStatus;
}

/** The rules of kstatus for custom resources (cli-utils, pkg/kstatus/status/generic.go and core.go). */
function kstatus({ metadata, status }: Registry): string {
  if (metadata.deletionTimestamp !== undefined) return 'Terminating';
  if (status?.observedGeneration !== undefined && status.observedGeneration !== metadata.generation) return 'InProgress';
  const conditions = new Map(status?.conditions?.map(({ type, status: is }) => [type, is]));
  if (conditions.get('Reconciling') === 'True') return 'InProgress';
  if (conditions.get('Stalled') === 'True') return 'Failed';
  const ready = conditions.get('Ready');
  return ready === undefined || ready === 'True' ? 'Current' : 'InProgress';
}

/** The script for Argo CD as the guide has it. */
function healthScript(): string {
  const [, block = ''] = /## Argo CD[\s\S]*?```yaml\n([\s\S]*?)```/.exec(readFileSync(GUIDE, 'utf8')) ?? [];
  const { data } = load(block) as { data: Record<string, string> };
  const [script = ''] = Object.values(data);
  return script;
}

/** What Argo CD makes of a registry: the script is run by a Lua interpreter, the registry its global `obj`. */
function argoHealth(registry: Registry): { status: string; message: string } {
  const { lua, lauxlib, lualib, to_luastring: text, to_jsstring: fromLua } = fengari;
  const state = lauxlib.luaL_newstate();
  lualib.luaL_openlibs(state);
  const program = `obj = ${luaLiteral(registry)}\n${healthScript()}`;
  if (lauxlib.luaL_dostring(state, text(program)) !== lua.LUA_OK) throw new Error(lua.lua_tojsstring(state, -1));
  const field = (name: string): string => {
    lua.lua_getfield(state, -1, text(name));
    const value = fromLua(lua.lua_tostring(state, -1));
    lua.lua_pop(state, 1);
    return value;
  };
  return { status: field('status'), message: field('message') };
}

function luaLiteral(value: unknown): string {
  if (Array.isArray(value)) return `{${value.map(luaLiteral).join(', ')}}`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, child]) => child !== undefined);
    return `{${fields.map(([key, child]) => `[${JSON.stringify(key)}] = ${luaLiteral(child)}`).join(', ')}}`;
  }
  return JSON.stringify(value);
}

const deadline = [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'timed out' }];
const refusal = { reason: 'DeploymentFailed', message: 'refused', podTemplate: false, transient: false } as const;
const trouble = { reason: 'ImagePullBackOff', message: 'pod a: ImagePullBackOff: not found' };

test.each<[what: string, seen: Partial<Observation>, kstatus: string, argo: string, metadata?: object]>([
  ['that is new', {}, 'InProgress', 'Progressing'],
  ['that is served', { deployment: complete(2), facts: factsOf(statusDocument()) }, 'Current', 'Healthy'],
  [
    'of which a source failed',
    { deployment: complete(1), facts: factsOf(withCondition('SyncSuccessful', 'False', 'Timeout', 'slow')) },
    'Current',
    'Healthy',
  ],
  ['that rolls out', { deployment: deployment(1, { replicas: 2, updatedReplicas: 1, availableReplicas: 1 }) }, 'InProgress', 'Progressing'],
  [
    'whose rollout is held up',
    { deployment: deployment(1, { replicas: 2, updatedReplicas: 1, availableReplicas: 1 }), trouble },
    'InProgress',
    'Progressing',
  ],
  [
    'whose rollout was given up',
    { deployment: deployment(1, { replicas: 2, updatedReplicas: 1, availableReplicas: 1 }, deadline) },
    'Failed',
    'Degraded',
  ],
  ['whose last change was refused', { deployment: complete(1), failure: refusal }, 'Failed', 'Degraded'],
  ['that cannot be served', { failure: refusal }, 'Failed', 'Degraded'],
  ['whose spec is not valid', { issues: [{ path: 'spec.source', message: 'must be set' }] }, 'Failed', 'Degraded'],
  ['that waits for the API server', { failure: { ...refusal, transient: true } }, 'InProgress', 'Progressing'],
  ['whose ConfigMap is missing', { missing: ['ConfigMap "data" does not exist'] }, 'InProgress', 'Progressing'],
  ['that is scaled to zero', { deployment: complete(0) }, 'InProgress', 'Progressing'],
  ['that is being deleted', { deleting: true, deployment: complete(1) }, 'Terminating', 'Progressing', { deletionTimestamp: 'now' }],
  ['whose last edit was not seen yet', { deployment: complete(1) }, 'InProgress', 'Progressing', { generation: 8 }],
])('a registry %s', (_, seen, expected, health, metadata = {}) => {
  const status = deriveStatus(observation(seen), {}, '2026-01-01T00:00:00Z');
  const registry = { metadata: { generation: 7, ...metadata }, status };
  expect(kstatus(registry)).toBe(expected);
  const argo = argoHealth(registry);
  expect(argo.status).toBe(health);
  expect(argo.message).toBe(
    health === 'Progressing' && 'generation' in metadata ? 'The controller has not seen this generation yet' : status.message,
  );
});

test('a registry that the controller has not seen yet', () => {
  expect(argoHealth({ metadata: { generation: 1 } }).status).toBe('Progressing');
});
