import { z } from 'zod';
import { dnsLabel, duration, httpUrl } from './fields.ts';
import { filterSchema } from './filter.ts';
import { withRules, type Rule } from './rule.ts';
import { authSchema, configMapBlock, endpointBlock, fileBlock, gitBlock, tlsSchema } from './source-blocks.ts';
import { syncPolicySchema } from './sync.ts';

/** Formats of catalog data. */
export const formatSchema = z.enum(['auto', 'toolhive', 'upstream']);

const sourceShape = {
  type: z
    .enum(['configmap', 'git', 'url', 'registry', 'api', 'file'])
    .default('configmap')
    .describe("Where the data come from. `api` is ToolHive's word for `registry`. The block of the same name must be set, and no other."),
  format: formatSchema
    .optional()
    .describe('Format of the data. Absent: spec.format, else auto (detected from the data). May not differ from spec.format.'),
  configmap: configMapBlock.optional().describe("A ConfigMap in the registry's namespace."),
  git: gitBlock.optional().describe('A file or folder in a Git repository.'),
  url: httpUrl().optional().describe('Address of a file, read with conditional requests.'),
  registry: endpointBlock.optional().describe('Another registry, read through its API.'),
  api: endpointBlock.optional().describe('Same as registry, as ToolHive writes it.'),
  file: fileBlock.optional().describe('A file next to the registry server.'),
  auth: authSchema.optional().describe('Credentials; only for the types git, url and registry.'),
  tls: tlsSchema.optional().describe('Trusted certificate authorities; only for the types git, url and registry.'),
  timeout: duration('1s', '5m')
    .optional()
    .describe('Limit of one attempt to read the source; only for the types git, url and registry. Absent: 30s.'),
  filter: filterSchema.optional().describe("Filter of this source alone, on top of the registry's own."),
  syncPolicy: syncPolicySchema.optional().describe("When this source is read again, instead of the registry's own policy."),
};

const sourceObject = z.object(sourceShape);
type SourceObject = z.output<typeof sourceObject>;

const remoteTypes: readonly string[] = ['git', 'url', 'registry', 'api'];
const blockNames = ['configmap', 'git', 'url', 'registry', 'api', 'file'] as const;
const firstField: Readonly<Record<string, string>> = {
  configmap: 'configmap.name',
  git: 'git.repository',
  url: 'url',
  file: 'file.path',
};

function ownBlock(name: 'configmap' | 'git' | 'url' | 'file'): Rule<SourceObject> {
  return {
    cel: `self.type != '${name}' || has(self.${name})`,
    message: `type is '${name}' but the block '${name}' is missing; add ${firstField[name]} or change type`,
    holds: (source) => source.type !== name || source[name] !== undefined,
    field: name,
  };
}

const registryBlock: Rule<SourceObject> = {
  cel: "!(self.type in ['registry', 'api']) || has(self.registry) != has(self.api)",
  message: "type 'registry' (or 'api') needs exactly one of the blocks 'registry' and 'api'; add registry.endpoint",
  holds: (source) => !['registry', 'api'].includes(source.type) || (source.registry !== undefined) !== (source.api !== undefined),
  field: 'registry',
};

function foreignBlock(name: (typeof blockNames)[number]): Rule<SourceObject> {
  const types = name === 'registry' || name === 'api' ? ['registry', 'api'] : [name];
  return {
    cel: `!has(self.${name}) || self.type in [${types.map((type) => `'${type}'`).join(', ')}]`,
    message: `the block '${name}' is set but type is not '${name}'; set type: ${name} or remove the block`,
    holds: (source) => source[name] === undefined || types.includes(source.type),
    field: name,
  };
}

function remoteOnly(field: 'auth' | 'tls' | 'timeout'): Rule<SourceObject> {
  return {
    cel: `!has(self.${field}) || self.type in ['git', 'url', 'registry', 'api']`,
    message: `${field} is only for the types git, url and registry; remove ${field} or change type`,
    holds: (source) => source[field] === undefined || remoteTypes.includes(source.type),
    field,
  };
}

/** Rules of every source, named or not. */
const sourceRules: readonly Rule<SourceObject>[] = [
  ownBlock('configmap'),
  ownBlock('git'),
  ownBlock('url'),
  ownBlock('file'),
  registryBlock,
  ...blockNames.map(foreignBlock),
  remoteOnly('auth'),
  remoteOnly('tls'),
  remoteOnly('timeout'),
];

/** The single source of `spec.source`. */
export const sourceSchema = withRules(sourceObject, sourceRules);

/** One entry of `spec.sources`. */
export const namedSourceSchema = withRules(
  z.object({
    name: dnsLabel().describe('Name of the source: in status, metrics and as a folder of mounted files.'),
    ...sourceShape,
  }),
  sourceRules,
);
