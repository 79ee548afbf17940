import { type Condition, type MCPRegistryStatus } from '@toolhive-registry/api';
import type { RegistryObject } from '../resource.ts';

const CONDITION_STATUS: readonly unknown[] = ['True', 'False', 'Unknown'];

/** The existing status, as far as it has our form: another version, or ToolHive's operator, may have written it. */
export function previousStatus(object: RegistryObject): MCPRegistryStatus {
  const status = object.status ?? {};
  const conditions = Array.isArray(status['conditions']) ? status['conditions'].filter(isCondition) : [];
  return {
    conditions,
    ...picked(status, 'observedGeneration', 'number'),
    ...picked(status, 'serverCount', 'number'),
    ...picked(status, 'deployedServerCount', 'number'),
    ...picked(status, 'lastSyncTime', 'string'),
    ...picked(status, 'lastSyncHash', 'string'),
    ...picked(status, 'lastManualSyncTrigger', 'string'),
  };
}

function picked(
  status: Readonly<Record<string, unknown>>,
  field: keyof MCPRegistryStatus,
  type: 'number' | 'string',
): Partial<MCPRegistryStatus> {
  return typeof status[field] === type ? { [field]: status[field] } : {};
}

function isCondition(value: unknown): value is Condition {
  if (typeof value !== 'object' || value === null) return false;
  const { type, status, lastTransitionTime } = value as Record<string, unknown>;
  return typeof type === 'string' && CONDITION_STATUS.includes(status) && typeof lastTransitionTime === 'string';
}
