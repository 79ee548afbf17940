import { z } from 'zod';
import { apiVersions, kind, maxNameLength } from '../group.ts';
import { ownNameRules } from './own-names.ts';
import { celRegex, withRules } from './rule.ts';
import { specSchema } from './spec.ts';
import { statusSchema } from './status.ts';

const namePattern = '^[a-z]([-a-z0-9]*[a-z0-9])?$';
const nameExpression = new RegExp(namePattern, 'u');

const texts = z.record(z.string(), z.string());

/**
 * ObjectMeta as far as this project reads it; the API server checks the rest. Every standard field is known, so that the output of `kubectl get -o yaml` can be
 * read.
 */
const metadataSchema = z.object({
  name: z.string(),
  namespace: z.string().optional(),
  labels: texts.optional(),
  annotations: texts.optional(),
  generateName: z.string().optional(),
  uid: z.string().optional(),
  resourceVersion: z.string().optional(),
  generation: z.number().optional(),
  creationTimestamp: z.string().optional(),
  deletionTimestamp: z.string().optional(),
  deletionGracePeriodSeconds: z.number().optional(),
  finalizers: z.array(z.string()).optional(),
  ownerReferences: z.array(z.record(z.string(), z.unknown())).optional(),
  managedFields: z.array(z.record(z.string(), z.unknown())).optional(),
  selfLink: z.string().optional(),
});

/** Fields that the API server knows in every object's metadata. */
export const metadataFields: readonly string[] = Object.keys(metadataSchema.shape);

/** The whole resource. A status that this version does not understand counts as absent: it is ours to write, not the user's to correct. */
export const registrySchema = withRules(
  z.object({
    apiVersion: z.enum(apiVersions),
    kind: z.literal(kind),
    metadata: metadataSchema,
    spec: specSchema,
    status: statusSchema.optional().catch(undefined),
  }),
  [
    {
      cel: `size(self.metadata.name) <= ${maxNameLength}`,
      message: `must have at most ${maxNameLength} characters, because NAME-api names the Service; choose a shorter name`,
      holds: (registry) => registry.metadata.name.length <= maxNameLength,
      field: 'metadata.name',
    },
    {
      cel: `self.metadata.name.matches(${celRegex(namePattern)})`,
      message:
        'must start with a lower-case letter and hold only lower-case letters, digits and - (no . and no - at the end), because NAME-api names the Service; rename the registry',
      holds: (registry) => nameExpression.test(registry.metadata.name),
      field: 'metadata.name',
    },
    ...ownNameRules,
  ],
);
