export * from './group.ts';
export { DurationError, durationPattern, formatDuration, parseGoDuration } from './duration.ts';
export { formatIssue, formatPath, issue, type Issue } from './issue.ts';
export { isObject } from './known-fields.ts';
export { parseMCPRegistry, type ParseOptions, type ParseResult } from './parse.ts';
export {
  normalizedFilter,
  normalizedSources,
  syncSchedule,
  type GitLocation,
  type NormalizedFilter,
  type NormalizedSource,
  type SourceLocation,
  type SyncSchedule,
} from './normalize.ts';
export { configMapReferences, secretReferences, type ObjectReference } from './references.ts';
export { checkBeyondSchema, type CheckOptions } from './check.ts';
export { exposedPrefix, exposedUrl } from './expose.ts';
export { fieldsWithoutEffect, type Place } from './fields-without-effect.ts';
export { toSpecDocument, type SpecDocument } from './document.ts';
export {
  GOOD_REASONS,
  REASONS,
  reasonFacts,
  SOURCE_REASONS,
  type Reason,
  type ReasonFacts,
  type SourceReason,
  type StatusCondition,
} from './reasons.ts';
export {
  factsOf,
  registryHistorySchema,
  registryReportSchema,
  registryStatusSchema,
  type LastChange,
  type LastSync,
  type RegistryHistory,
  type RegistryReport,
  type RegistryStatusDocument,
  type SourceStatus,
  type SyncCounters,
  type SyncRecord,
} from './registry-status.ts';
export { serverOriginSchema, type ServerOrigin } from './server-origin.ts';
export { serverKindName, serverKindOf, serverKinds, type ServerKind } from './server-kinds.ts';
export {
  enforcementModeOf,
  enforcementModes,
  judgeObject,
  registryOfLabels,
  requiredRegistries,
  type Belonging,
  type EnforcementMode,
  type EnforcingRegistries,
  type JudgedObject,
  type Verdict,
} from './enforcement.ts';
export {
  explainRules,
  explainSubjects,
  registryExplainSchema,
  registryImagesSchema,
  type ExplainRule,
  type ExplainSubject,
  type RegistryExplain,
  type RegistryImages,
} from './registry-references.ts';
export {
  answeredServerSchema,
  deployedRelations,
  deployedServersSchema,
  type AnsweredServer,
  type DeployedServer,
  type DeployedServers,
} from './deployed.ts';
export type {
  Auth,
  Condition,
  EnvVar,
  Expose,
  Filter,
  Format,
  MCPRegistry,
  MCPRegistryInput,
  MCPRegistrySpec,
  MCPRegistryStatus,
  NamedSource,
  RetryPolicy,
  ServiceOptions,
  Source,
  SyncPolicy,
  Tls,
} from './types.ts';
export { customResourceDefinition, rootSchema, type PrinterColumn } from './crd/definition.ts';
export { declaredPart, missingFields } from './crd/missing-fields.ts';
export { createCrdSearch, crdOwner, publishedSchema, type AskApiServer, type CrdOwner, type FindCrdOwner } from './crd/owner.ts';
export type { CrdSchema } from './crd/schema.ts';
export { compareVersions, crdVersion } from './crd/version.ts';
