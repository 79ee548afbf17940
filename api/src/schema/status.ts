import { z } from 'zod';
import { int32, listByKey, text } from './fields.ts';

/** One condition, as `metav1.Condition` writes it. */
export const conditionSchema = z.object({
  type: text({ min: 1, max: 316 }).describe('Ready, PodTemplateValid, SourceAvailable, DataValid, SyncSuccessful, Reconciling or Stalled.'),
  status: z.enum(['True', 'False', 'Unknown']).describe('Whether the condition holds.'),
  observedGeneration: z
    .int()
    .min(0)
    .optional()
    .describe('Generation of the spec that the condition is based on.')
    .meta({ format: 'int64' }),
  lastTransitionTime: z.string().describe('When status last changed.').meta({ format: 'date-time' }),
  reason: text({ min: 1, max: 1024 }).describe('One word for programs.'),
  message: text({ max: 32_768 }).describe('A sentence for people.'),
});

/** What the controller reports; written only when something changed. */
export const statusSchema = z.object({
  observedGeneration: z.int().min(0).optional().describe('Generation of the spec that this status is based on.').meta({ format: 'int64' }),
  phase: z.enum(['Pending', 'Running', 'Failed', 'Terminating']).optional().describe('State in one word.'),
  message: text({ max: 32_768 }).optional().describe('State in one sentence.'),
  url: text({ max: 2048 }).optional().describe('URL of the registry; empty unless phase is Running.'),
  replicas: int32(0, 2_147_483_647).optional().describe('Pods that exist; for the scale subresource.'),
  readyReplicas: int32(0, 2_147_483_647).optional().describe('Pods that answer.'),
  selector: text({ max: 2048 }).optional().describe('Label selector of the pods; for the scale subresource.'),
  serverCount: int32(0, 2_147_483_647).optional().describe('Servers in the served catalog.'),
  deployedServerCount: int32(0, 2_147_483_647).optional().describe('MCP servers in the cluster that belong to this registry.'),
  lastSyncTime: z.string().optional().describe('Last sync that changed data.').meta({ format: 'date-time' }),
  lastSyncHash: text({ max: 256 }).optional().describe('Hash of the data of that sync.'),
  lastManualSyncTrigger: text({ max: 4096 }).optional().describe('Last value of the annotation sync-trigger that was acted upon.'),
  conditions: listByKey(conditionSchema, 'type', { max: 20 }).optional().describe('Conditions, one of each type.'),
});
