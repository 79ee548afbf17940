import { z } from 'zod';
import { anyObject, int32, listByKey, text } from './fields.ts';
import { filterSchema } from './filter.ts';
import { withRules } from './rule.ts';
import { formatSchema, namedSourceSchema, sourceSchema } from './source.ts';
import { syncPolicySchema } from './sync.ts';
import { envSchema, exposeSchema, imagePullSecretSchema, serviceSchema } from './workload.ts';

const formatMessage = (where: string): string => `spec.format and the format of ${where} differ; set the format in one place only`;

/** What a user writes: the catalog and how it is served. */
export const specSchema = withRules(
  z.object({
    displayName: text({ max: 200 }).optional().describe('Name shown to people.'),
    sources: listByKey(namedSourceSchema, 'name', { min: 1, max: 20 })
      .optional()
      .describe('Sources of the catalog. A server that several sources have is taken from the first of them, with all its versions.'),
    source: sourceSchema.optional().describe('The only source, named `default`. Either this or sources.'),
    format: formatSchema.optional().describe('Format of all sources that do not name their own. Absent: auto.'),
    syncPolicy: syncPolicySchema.optional().describe('When sources are read again. Absent: once, on change and on request.'),
    filter: filterSchema.optional().describe('Which servers are served. Absent: all.'),
    validation: z
      .enum(['lenient', 'strict'])
      .default('lenient')
      .describe('lenient: a bad entry is reported and skipped or repaired. strict: it fails its source.'),
    enforceServers: z
      .boolean()
      .default(false)
      .describe(
        "In the registry's namespace, only MCP servers (of any kind) may be created whose images, URLs and packages are in the catalog of an enforcing registry.",
      ),
    enforcementMode: z
      .enum(['enforce', 'audit'])
      .default('enforce')
      .describe('enforce: other MCP servers are refused. audit: they are let in with a warning.'),
    replicas: int32(1, 1000).optional().describe('Pods of the registry server. Absent: one, and the number is left to an autoscaler.'),
    env: listByKey(envSchema, 'name', { max: 100 }).optional().describe("Environment variables of the registry server's container."),
    service: serviceSchema.optional().describe('Service NAME-api, which exposes only the port of the API.'),
    imagePullSecrets: listByKey(imagePullSecretSchema, 'name', { max: 20 })
      .optional()
      .describe('Secrets with the credentials of image registries, for the pods and their ServiceAccount.'),
    podTemplateSpec: anyObject()
      .optional()
      .describe(
        'Pod template merged with the rendered one by the list keys of the Kubernetes API; its values win. The server is the container `registry-api`.',
      ),
    expose: exposeSchema.optional().describe('Access from outside the cluster. Absent: none.'),
  }),
  [
    {
      cel: 'has(self.source) != has(self.sources)',
      message: 'exactly one of source and sources must be set; describe the data in spec.source or list several in spec.sources',
      holds: (spec) => (spec.source === undefined) !== (spec.sources === undefined),
    },
    {
      cel: '!has(self.format) || !has(self.source) || !has(self.source.format) || self.source.format == self.format',
      message: formatMessage('the source'),
      holds: (spec) => spec.format === undefined || spec.source?.format === undefined || spec.source.format === spec.format,
      field: 'format',
    },
    {
      cel: '!has(self.format) || !has(self.sources) || self.sources.all(s, !has(s.format) || s.format == self.format)',
      message: formatMessage('one of the sources'),
      holds: (spec) =>
        spec.format === undefined || (spec.sources ?? []).every((source) => source.format === undefined || source.format === spec.format),
      field: 'format',
    },
  ],
);
